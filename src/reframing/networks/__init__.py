"""The trained networks as they run: word pieces, an ONNX network, decoding of labels.

Nothing here knows what a hedge or a source is: `tagger` turns sentences into labelled spans and scores, and
the measures make their records of those.
"""
