// Package pngfile decodes PNG files (PNG specification, third edition, W3C 2025): a part of a picture, at its size or
// at 1/2, 1/4 or 1/8 of it. Rows are inflated, unfiltered and averaged as they come; the whole picture is in memory
// only if it is interlaced. It takes what other decoders refuse although its pixels are whole: wrong checksums, chunks
// in a wrong order, no end. docs/codecs.md describes the method.
package pngfile
