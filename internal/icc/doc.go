// Package icc converts the colours of a photo to sRGB, as the ICC profile that the photo carries describes
// them (ICC.1:2022). It reads profiles of RGB and grey devices by matrix and tone curves, and those of RGB,
// grey and CMYK devices by a table of colours (A2B0).
//
// A profile comes from outside: no length in it is trusted, and reading one takes time and memory linear in
// its bytes.
package icc
