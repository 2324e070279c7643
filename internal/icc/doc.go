// Package icc converts the colours of a photo to sRGB according to its embedded ICC profile (ICC.1:2022). It supports
// profiles of RGB and grey devices with a matrix and tone curves, and profiles of RGB, grey and CMYK devices with a
// lookup table (A2B0).
//
// Profiles are untrusted: the package checks every length in them, and parsing takes time and memory linear in their
// size.
package icc
