"""The trained annotators as they run: word pieces, an ONNX network, decoding.

Nothing here knows what a hedge or a source is: `reader` turns sentences into labelled spans and
scores, and the constructs make their records of those.
"""
