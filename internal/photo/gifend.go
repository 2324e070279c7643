package photo

// The bytes that begin the blocks of a GIF (GIF89a specification, sections 20, 23 and 27).
const (
	gifImage, gifExtension = 0x2c, 0x21
	gifHeader              = 13 // bytes before the global colour table
	gifDescriptor          = 10 // bytes of an image's descriptor, before its colour table
)

// firstFrameEnds reports whether the first frame of a GIF is complete. Later frames are not shown and may be missing.
func firstFrameEnds(data []byte) bool {
	descriptor, at := firstFrame(data)
	return descriptor != nil && gifBlocksEnd(data, at+1) <= len(data) // after the code size
}

// firstFrame returns the descriptor of a GIF's first frame, and the index of its code size, which its blocks follow.
// The descriptor is nil if the file ends before.
func firstFrame(data []byte) (descriptor []byte, at int) {
	if len(data) < gifHeader {
		return nil, 0
	}
	at = gifHeader + colourTable(data[10])
	for at < len(data) && data[at] == gifExtension {
		at = gifBlocksEnd(data, at+2) // after the label
	}
	if at+gifDescriptor > len(data) || data[at] != gifImage {
		return nil, 0
	}
	descriptor = data[at : at+gifDescriptor]
	return descriptor, at + gifDescriptor + colourTable(descriptor[gifDescriptor-1])
}

// colourTable returns the size of the colour table, in bytes, according to the flags.
func colourTable(flags byte) int {
	if flags&0x80 == 0 {
		return 0
	}
	return 3 << (flags&7 + 1)
}

// gifBlocksEnd returns the index after the empty block that ends the sequence of blocks at the index at, or an index
// beyond the end of data if there is none.
func gifBlocksEnd(data []byte, at int) int {
	for at < len(data) {
		n := int(data[at])
		at += 1 + n
		if n == 0 {
			return at
		}
	}
	return len(data) + 1
}
