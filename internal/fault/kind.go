package fault

import (
	"log/slog"
	"slices"
)

// Kind is a kind of error.
type Kind uint8

// The kinds. The zero value is the kind of every error without another.
const (
	Internal Kind = iota // an error in the service
	Canceled             // the client has disconnected

	Invalid        // the request is malformed, or one of its fields is invalid
	TooLarge       // the body is too large
	NotImplemented // an unknown format
	Unauthorized   // no valid token or session
	Forbidden      // the role of who asks does not allow it
	BadSignature   // of a URL
	NotFound
	Gone        // withdrawn, or expired
	RateLimited // the client sent too many requests

	Stale        // what is stored is newer
	Precondition // If-Match or If-None-Match does not hold
	Unsupported  // the type of the body

	Overloaded  // too many requests; rejected immediately
	Unavailable // a part of the service, such as its database, fails at the moment

	SourceUnavailable // a photo or page could not be fetched; one kind for all reasons
	SourceTimeout     // the source was too slow
	SourceIncomplete  // the source sent only a part
	ImageUnsupported  // not a JPEG, PNG, GIF or WebP
	ImageTooLarge     // in bytes, pixels or cost
	ImageInvalid      // damaged
	PhotoGone         // withdrawn, and never shown again
	PhotoOverloaded   // too many photos are being fetched or decoded

	kinds // how many there are
)

// OfPhoto reports whether a photo or its source failed: a card can be rendered without it.
func (k Kind) OfPhoto() bool { return k >= SourceUnavailable && k <= PhotoOverloaded }

// PhotoCodes lists the codes in the API of photos and their sources, each once.
func PhotoCodes() (codes []string) {
	for k := range kinds {
		if k.OfPhoto() && !slices.Contains(codes, k.Code()) {
			codes = append(codes, k.Code())
		}
	}
	return codes
}

// OfPhotoCode reports whether a code in the API is that of a photo or its source.
func OfPhotoCode(code string) bool {
	for k := range kinds {
		if k.OfPhoto() && k.Code() == code {
			return true
		}
	}
	return false
}

// Answer is a row of the table: how an error of a kind is answered and logged.
type Answer struct {
	Status  int        // HTTP status
	Code    string     // code in the API
	Message string     // a sentence for people; empty: the errors of fields say it
	Level   slog.Level // of the log line
	Sampled bool       // the log has one line a minute, with a count
}

// notLogged is the level of errors that the request's log line already shows.
const notLogged = slog.LevelDebug

// All sources that cannot be fetched have the same message, so that it does not reveal which addresses exist.
var answers = [kinds]Answer{
	Internal: {500, "internal", "something went wrong here; it has been logged", slog.LevelError, false},
	Canceled: {503, "overloaded", "too much is being drawn; try again shortly", notLogged, false},

	Invalid:        {400, "invalid_request", "", notLogged, false},
	TooLarge:       {413, "too_large", "the body is too large", notLogged, false},
	NotImplemented: {501, "invalid_request", "the format is not known", notLogged, false},
	Unauthorized:   {401, "unauthorized", "a valid token is needed: Authorization: Bearer TOKEN", notLogged, false},
	Forbidden:      {403, "forbidden", "your role does not allow this", notLogged, false},
	BadSignature:   {403, "bad_signature", "the signature is missing or wrong", notLogged, false},
	NotFound:       {404, "not_found", "nothing is here", notLogged, false},
	Gone:           {410, "expired", "the story was withdrawn", notLogged, false},
	RateLimited:    {429, "rate_limited", "too many requests; try again shortly", notLogged, false},

	Stale:        {409, "stale", "what is stored is newer", notLogged, false},
	Precondition: {412, "precondition_failed", "the condition of the request does not hold", notLogged, false},
	Unsupported:  {415, "invalid_request", "the type of the body is not known here", notLogged, false},

	Overloaded:  {503, "overloaded", "too much is being drawn; try again shortly", slog.LevelWarn, true},
	Unavailable: {503, "overloaded", "a part of the service cannot be used now; try again shortly", slog.LevelError, true},

	SourceUnavailable: {422, "source_unavailable", "the address could not be fetched", slog.LevelWarn, false},
	SourceTimeout:     {504, "source_timeout", "the address took too long to answer", slog.LevelWarn, false},
	SourceIncomplete:  {422, "source_incomplete", "only a part of the photo came from its address", slog.LevelWarn, false},
	ImageUnsupported:  {415, "unsupported_image", "the photo is no JPEG, PNG, GIF or WebP", slog.LevelWarn, false},
	ImageTooLarge:     {422, "image_too_large", "the photo is too large: at most 10 MiB, 50 megapixels and 16,384 pixels a side are taken", slog.LevelWarn, false},
	ImageInvalid:      {422, "image_invalid", "the photo is damaged", slog.LevelWarn, false},
	PhotoGone:         {410, "gone", "the photo was withdrawn", slog.LevelWarn, false},
	PhotoOverloaded:   {503, "overloaded", "too much is being drawn; try again shortly", slog.LevelWarn, true},
}

// Answer returns the row of the kind. An unknown kind is Internal.
func (k Kind) Answer() Answer {
	if k >= kinds {
		k = Internal
	}
	return answers[k]
}

// Code returns the kind's code in the API.
func (k Kind) Code() string { return k.Answer().Code }
