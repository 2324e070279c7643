// Package photo turns bytes from outside into an upright image in sRGB. It alone decodes foreign pictures.
//
// # Security considerations
//
// Attacks: small files that unpack to gigabytes or to seconds of work; broken files. Layers: magic bytes and
// the header decide before a pixel is decoded; decoding is admitted by estimated bytes and runs under recover.
package photo
