package stories

import (
	"fmt"
	"slices"

	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/fault"
)

// warning returns the warning for a photo that the card of an article is drawn without.
func warning(id string, err error) Warning {
	w := Warning{Code: fault.KindOf(err).Code(), Field: photoField,
		Message: "the photo could not be used; the card is drawn without it",
		Err:     fmt.Errorf("article %s has no photo: %w", id, err)}
	switch fault.KindOf(err) {
	case fault.PhotoGone, fault.ImageUnsupported, fault.ImageTooLarge, fault.ImageInvalid:
		w.Message = fault.MessageOf(err) + "; the card is drawn without it"
	}
	return w
}

// lasting returns the warnings that are stored with a version.
func lasting(all []Warning) (stored []article.Warning) {
	for _, w := range all {
		if !w.Passing {
			stored = append(stored, article.Warning{Code: w.Code, Field: w.Field, Message: w.Message, Size: w.Size})
		}
	}
	return stored
}

// ofSent returns the stored warnings about what was sent: a text that was decoded, and a photo whose URL cannot be one.
// They stay true whatever becomes of the photo.
func ofSent(stored []article.Warning) (sent []Warning) {
	for _, w := range stored {
		if w.Code == "text_cleaned" || w.Code == fault.Invalid.Code() && w.Field == photoField {
			sent = append(sent, Warning{Code: w.Code, Field: w.Field, Message: w.Message, Size: w.Size})
		}
	}
	return sent
}

// ofPhotos are the checks (package advice) of cards with a photo.
var ofPhotos = []string{"small_photo", "face_under_text", "no_alt", "no_credit", "photo_unused"}

// withoutPhoto returns the warnings that are true of a version without its photo.
func withoutPhoto(all []article.Warning) []article.Warning {
	return slices.DeleteFunc(slices.Clone(all), func(w article.Warning) bool {
		return w.Field == photoField && fault.OfPhotoCode(w.Code) || slices.Contains(ofPhotos, w.Code)
	})
}
