// Package raster paints pixels: it fills, scales photos, mixes colours in and draws shapes on RGBA
// images. It knows neither cards nor plans; package render tells it what to paint where.
//
// All sums are in whole numbers, so that every machine gives the same pixels. The loops that cost
// most are written twice: in Go, and for AVX2 with the same results bit for bit.
package raster
