// Package webp decodes WebP photos (RFC 9649): VP8 (lossy, RFC 6386), with or without an alpha channel, VP8L
// (lossless), and of an animation the first frame.
//
// A picture is decoded from its top to the last row that is needed, a row of macroblocks at a time, and reduced as its
// rows come: only the reduced picture is kept. Its colours are full range, as in a JPEG. At full size the samples are
// those that the standards define.
//
// A file that ends too early, or whose data lies, yields the rows that exist.
package webp
