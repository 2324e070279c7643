// Package photo decodes untrusted photos to upright images in sRGB. No other package decodes untrusted pictures.
//
// # Security considerations
//
// Threats: small files that need gigabytes of memory or seconds of work, and damaged files. Countermeasures: the
// magic bytes and the header are checked before a pixel is decoded; a decoding waits until its estimated memory is
// free; and a panic of a decoder becomes an error.
package photo
