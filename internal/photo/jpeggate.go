package photo

import (
	"errors"
	"fmt"

	"newsroom.example/cards/internal/exif"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/jpeg"
)

// inspectJPEG reads the header of a JPEG.
func (info *Info) inspectJPEG(data []byte) error {
	f, err := openJPEG(data)
	if err != nil {
		return err
	}
	size := f.Size()
	if err := checkSize(size.X, size.Y); err != nil {
		return err
	}
	head := scanJPEG(data)
	head.file = f
	pixels := int64(size.X) * int64(size.Y)
	if most := f.MostScans(); head.scans > most {
		return tooLarge("the photo has %s megapixels in %d scans; at most %d scans of that size are taken: save it as a baseline JPEG",
			mega(pixels), head.scans, most)
	}
	if err := plausible(int64(len(data)), f.LeastBytes(), head.cut); err != nil {
		return err
	}
	info.Width, info.Height, info.jpeg = size.X, size.Y, head
	info.Orientation = exif.Orientation(head.exif)
	info.DecodeBytes = info.jpegCost(info.leastJPEG(DefaultDecodeBytes, false), false)
	return nil
}

// openJPEG reads the headers of a JPEG, with an error for clients.
func openJPEG(data []byte) (*jpeg.File, error) {
	f, err := jpeg.OpenFile(data)
	if kind, ok := errors.AsType[jpeg.UnsupportedError](err); ok {
		return nil, fmt.Errorf("%w: %w",
			&fault.Error{Kind: fault.ImageUnsupported, Message: "the photo is " + kind.Error()}, ErrUnsupported)
	}
	switch {
	case errors.Is(err, jpeg.ErrShort):
		return nil, fmt.Errorf("header: %w: %w", fault.ErrSourceIncomplete, err)
	case err != nil:
		return nil, fmt.Errorf("header: %w: %w", ErrInvalid, err)
	}
	return f, nil
}

// sniffJPEG is Sniff for a JPEG.
func sniffJPEG(data []byte) (done bool, err error) {
	f, err := openJPEG(data)
	switch {
	case err == nil:
		return true, checkSize(f.Size().X, f.Size().Y)
	case fault.KindOf(err) == fault.ImageUnsupported:
		return true, err
	}
	return false, nil
}

// plausible rejects a file that has so few bytes that most of its picture must be missing, before anything is decoded.
// least is how many a complete file has at least.
func plausible(bytes, least int64, cut bool) error {
	switch {
	case bytes >= least*usableRows/10:
		return nil
	case cut:
		return fmt.Errorf("%d bytes of at least %d: %w", bytes, least, fault.ErrSourceIncomplete)
	}
	return fmt.Errorf("%d bytes of at least %d: %w", bytes, least, ErrInvalid)
}

// inks reports whether the photo has four components.
func (h jpegHead) inks() bool { return h.file.Components() == 4 }

// leastJPEG returns the smallest shrink at which a JPEG is decoded whole; see leastShrink.
func (info *Info) leastJPEG(memory int64, converted bool) int {
	return leastShrink(memory, converted || info.jpeg.inks(), info.jpeg.file.Scaled, func(shrink int) int64 {
		return info.jpegCost(shrink, converted)
	})
}

// jpegCost returns the memory for decoding a JPEG at 1/(1<<shrink): what is read of it, and the picture.
func (info *Info) jpegCost(shrink int, converted bool) int64 {
	return info.jpeg.file.ContentBytes(shrink) + info.pictureCost(shrink, converted)
}

// pictureCost returns the memory of a picture at 1/(1<<shrink): the planes, and the converted and the turned copy.
// converted says that there is a profile.
func (info *Info) pictureCost(shrink int, converted bool) int64 {
	size := info.jpeg.file.Scaled(shrink)
	pixels := int64(size.X) * int64(size.Y)
	sum := info.jpeg.file.PictureBytes(shrink)
	if converted || info.jpeg.inks() {
		sum += 4 * pixels
	}
	if info.Orientation > 1 {
		sum += 4 * pixels
	}
	return sum
}
