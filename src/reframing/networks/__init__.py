"""Running the trained networks: word pieces, ONNX inference and decoding of labels.

This package is independent of the constructs: `tagger` turns sentences into labelled spans and scores, from
which the measures build their records.
"""
