package render

// Rows of samples become rows of opaque pixels here. The weights are those of ITU-T T.871 in
// 2^16ths.

func storeGray(px, gray []uint8) {
	px = px[:4*len(gray)]
	for i, v := range gray {
		p := px[4*i : 4*i+4 : 4*i+4]
		p[0], p[1], p[2], p[3] = v, v, v, 255
	}
}

func storeRGB(px, r, g, b []uint8) {
	px, g, b = px[:4*len(r)], g[:len(r)], b[:len(r)]
	for i, v := range r {
		p := px[4*i : 4*i+4 : 4*i+4]
		p[0], p[1], p[2], p[3] = v, g[i], b[i], 255
	}
}

func storeYCbCr(px, y, cb, cr []uint8) {
	px, cb, cr = px[:4*len(y)], cb[:len(y)], cr[:len(y)]
	for i, v := range y {
		red, green, blue := tint(cb[i], cr[i])
		storePixel(px[4*i:4*i+4:4*i+4], v, red, green, blue)
	}
}

// storePairs stores pixels of which two share a chroma sample.
func storePairs(px, y, cb, cr []uint8) {
	px = px[:4*len(y)]
	for len(y) > 1 {
		red, green, blue := tint(cb[0], cr[0])
		storePixel(px[0:4:4], y[0], red, green, blue)
		storePixel(px[4:8:8], y[1], red, green, blue)
		px, y, cb, cr = px[8:], y[2:], cb[1:], cr[1:]
	}
	if len(y) > 0 {
		red, green, blue := tint(cb[0], cr[0])
		storePixel(px[0:4:4], y[0], red, green, blue)
	}
}

// tint is what chroma adds to the luma, in 2^16ths, with the half that rounds.
func tint(cb, cr uint8) (red, green, blue int32) {
	b, r := int32(cb)-128, int32(cr)-128
	return 91881*r + 1<<15, 1<<15 - 22554*b - 46802*r, 116130*b + 1<<15
}

func storePixel(px []uint8, y uint8, red, green, blue int32) {
	v := int32(y) << 16
	px[0], px[1], px[2], px[3] = clamp((v+red)>>16), clamp((v+green)>>16), clamp((v+blue)>>16), 255
}
