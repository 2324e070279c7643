// Package raster paints pixels on RGBA images: it fills rectangles, scales photos, blends colours and draws
// shapes. It does not depend on cards or plans.
//
// All computation is in integers, so that every machine gives the same pixels. The most expensive loops exist
// twice: in Go, and in AVX2 assembly with the same results bit for bit.
package raster
