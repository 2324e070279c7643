package stories

import (
	"fmt"
	"slices"
	"unicode"
	"unicode/utf8"

	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/fault"
)

// warning returns the warning for a photo that the card of an article is drawn without.
func warning(id string, err error) Warning {
	w := ofPhotoURL(fault.KindOf(err), "The photo could not be used; the card is drawn without it.")
	w.Err = fmt.Errorf("article %s has no photo: %w", id, err)
	switch fault.KindOf(err) {
	case fault.PhotoGone, fault.ImageUnsupported, fault.ImageTooLarge, fault.ImageInvalid:
		w.Message = sentence(fault.MessageOf(err) + "; the card is drawn without it")
	}
	return w
}

// ofPhotoURL returns a warning about the article's photo.
func ofPhotoURL(k fault.Kind, message string) Warning {
	return Warning{Warning: article.Warning{Code: k.Code(), Field: photoField, Message: message}}
}

// sentence returns the message of an error as a sentence.
func sentence(message string) string {
	first, size := utf8.DecodeRuneInString(message)
	return string(unicode.ToUpper(first)) + message[size:] + "."
}

// lasting returns the warnings that are stored with a version.
func lasting(all []Warning) (stored []article.Warning) {
	for _, w := range all {
		if !w.Passing {
			stored = append(stored, w.Warning)
		}
	}
	return stored
}

// ofSent returns the stored warnings about what was sent: a text that was decoded, and a photo whose URL cannot be one.
// They stay true whatever becomes of the photo.
func ofSent(stored []article.Warning) (sent []Warning) {
	for _, w := range stored {
		if w.Code == "text_cleaned" || w.Code == fault.Invalid.Code() && w.Field == photoField {
			sent = append(sent, Warning{Warning: w})
		}
	}
	return sent
}

// ofPhotos are the checks (package advice) of cards with a photo.
var ofPhotos = []string{"small_photo", "face_under_text", "no_alt", "no_credit", "photo_unused",
	"caption_from_photo", "credit_from_photo"}

// withoutPhoto returns the warnings that are true of a version without its photo.
func withoutPhoto(all []article.Warning) []article.Warning {
	return slices.DeleteFunc(slices.Clone(all), func(w article.Warning) bool {
		return w.Field == photoField && fault.OfPhotoCode(w.Code) || slices.Contains(ofPhotos, w.Code)
	})
}
