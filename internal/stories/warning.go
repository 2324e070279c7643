package stories

import (
	"errors"
	"fmt"
	"slices"
	"unicode"
	"unicode/utf8"

	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/fault"
)

// unused returns the warning for a photo that the card of an article is drawn without.
func (p picture) unused(id string, err error) Warning {
	w := p.warning(fault.KindOf(err), "The "+p.name+" could not be used; the card is drawn without it.")
	w.Err = fmt.Errorf("article %s has no %s: %w", id, p.name, err)
	switch fault.KindOf(err) {
	case fault.PhotoGone, fault.ImageUnsupported, fault.ImageTooLarge, fault.ImageInvalid:
		w.Message = sentence(fault.MessageOf(err) + "; the card is drawn without it")
	}
	return w
}

// warning returns a warning about the picture.
func (p picture) warning(k fault.Kind, message string) Warning {
	return Warning{Warning: article.Warning{Code: k.Code(), Field: p.field, Message: message}}
}

// unusedPictures returns the warnings for the pictures that the cards of an article are drawn without: degraded says
// why one is missing, and portrait why the portrait is, as in pictures.Image.
func unusedPictures(id string, degraded, portrait error) (all []Warning) {
	if degraded != nil && !errors.Is(degraded, portrait) {
		all = append(all, thePhoto.unused(id, degraded))
	}
	if portrait != nil {
		all = append(all, thePortrait.unused(id, portrait))
	}
	return all
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
		if w.Code == "text_cleaned" || w.Code == fault.Invalid.Code() && isPicture(w.Field) {
			sent = append(sent, Warning{Warning: w})
		}
	}
	return sent
}

// ofFetch returns the stored warnings about what was sent and what was fetched, which stay true while neither is done
// again.
func ofFetch(stored []article.Warning) (all []Warning) {
	for _, w := range stored {
		if isPicture(w.Field) && fault.OfPhotoCode(w.Code) {
			all = append(all, Warning{Warning: w})
		}
	}
	return append(ofSent(stored), all...)
}

// ofPhotos are the checks (package advice) of cards with a photo.
var ofPhotos = []string{"small_photo", "face_under_text", "no_alt", "no_credit", "photo_unused",
	"caption_from_photo", "credit_from_photo"}

// without returns the warnings that are true of a version without the picture.
func (p picture) without(all []article.Warning) []article.Warning {
	return slices.DeleteFunc(slices.Clone(all), func(w article.Warning) bool {
		return w.Field == p.field && fault.OfPhotoCode(w.Code) ||
			p.field == photoField && slices.Contains(ofPhotos, w.Code) && w.Field != portraitField
	})
}

// isPicture reports whether a field is the URL of the photo or of the portrait.
func isPicture(field string) bool { return field == photoField || field == portraitField }
