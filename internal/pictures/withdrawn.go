package pictures

import (
	"context"
	"strings"
)

// maxMark is the maximum number of bytes of the IDs in a mark.
const maxMark = 127

// mark returns the picture with a mark before it, as it is cached: the number of bytes of Image.Photo, and that,
// which is empty for a picture without a photo. It names the photo of a card whose photo has a URL, too: the same
// bytes may come from many URLs.
func mark(photo string, picture []byte) []byte {
	data := make([]byte, 0, 1+len(photo)+len(picture))
	data = append(data, byte(len(photo)))
	data = append(data, photo...)
	return append(data, picture...)
}

// unmark splits a marked picture. picture is nil if the data has no mark.
func unmark(data []byte) (photo string, picture []byte) {
	if len(data) == 0 || data[0] > maxMark || len(data) < 1+int(data[0]) {
		return "", nil
	}
	n := 1 + int(data[0])
	return string(data[1:n]), data[n:]
}

// Withdrawn reports whether one of the photos of a picture was withdrawn, as Image.Photo has their IDs. Pictures with
// it are not shown.
func (s *Service) Withdrawn(photo string) bool {
	if photo == "" || s.cfg.Withdrawn == nil {
		return false
	}
	for id := range strings.FieldsSeq(photo) {
		if s.cfg.Withdrawn(id) {
			return true
		}
	}
	return false
}

// PhotoOf returns the Image.Photo of a picture as it is cached; empty: it has none, or is of an earlier release.
func PhotoOf(cached []byte) string {
	photo, _ := unmark(cached)
	return photo
}

// RemoveWithdrawn removes all cached pictures with withdrawn photos, and those of earlier releases, whose photos are
// not known. An object store is searched for those of the given photos only. It returns the number of removed pictures,
// and an error if some could not be read or removed.
func (s *Service) RemoveWithdrawn(ctx context.Context, photos []string) (removed int, err error) {
	return s.cfg.Cache.DeleteFunc(ctx, photos, 1+maxMark, func(name string, head []byte) bool {
		photo, picture := unmark(head)
		return !strings.HasPrefix(name, marked) || picture == nil || s.Withdrawn(photo)
	})
}
