package fault

import "log/slog"

// Kind is a kind of failure.
type Kind uint8

// The kinds. The zero value is that of every error that has no other.
const (
	Internal Kind = iota // a fault of the service
	Canceled             // the client has gone

	Invalid        // the request is malformed, or a field of it is at fault
	TooLarge       // the body is too large
	NotImplemented // a format that is not spoken
	Unauthorized   // no valid token or session
	BadSignature   // of an address
	NotFound
	Gone        // withdrawn, or expired
	RateLimited // the client has asked too often

	Overloaded  // more is asked for than can be done in time: refused at once
	Unavailable // a part of the service, such as its database, cannot be used now

	SourceUnavailable // of a photo or page: not reached, refused or not found; one kind for all
	SourceTimeout     // the source was too slow
	SourceIncomplete  // the source broke off
	ImageUnsupported  // no format that is read here
	ImageTooLarge     // in bytes, pixels or cost
	ImageInvalid      // damaged
	PhotoOverloaded   // too many photos are being fetched or decoded

	kinds // how many there are
)

// OfPhoto reports a fault of a photo or its source: a card can be drawn without it.
func (k Kind) OfPhoto() bool { return k >= SourceUnavailable && k <= PhotoOverloaded }

// Answer is what a kind is to clients and to the log.
type Answer struct {
	Status  int        // of HTTP
	Code    string     // of the API
	Message string     // a sentence for people; empty: the fields at fault say it
	Level   slog.Level // of the log line
	Sampled bool       // the log counts it, and has one line a minute
}

// notLogged is the level of what the line of the request says already.
const notLogged = slog.LevelDebug

// One message stands for every source that cannot be reached: it does not say which addresses answer.
var answers = [kinds]Answer{
	Internal: {500, "internal", "something went wrong here; it has been logged", slog.LevelError, false},
	Canceled: {503, "overloaded", "too much is being drawn; try again shortly", notLogged, false},

	Invalid:        {400, "invalid_request", "", notLogged, false},
	TooLarge:       {413, "too_large", "the body is too large", notLogged, false},
	NotImplemented: {501, "invalid_request", "the format is not known", notLogged, false},
	Unauthorized:   {401, "unauthorized", "a valid token is needed: Authorization: Bearer TOKEN", notLogged, false},
	BadSignature:   {403, "bad_signature", "the signature is missing or wrong", notLogged, false},
	NotFound:       {404, "not_found", "nothing is here", notLogged, false},
	Gone:           {410, "expired", "the story was withdrawn", notLogged, false},
	RateLimited:    {429, "rate_limited", "too many requests; try again shortly", notLogged, false},

	Overloaded:  {503, "overloaded", "too much is being drawn; try again shortly", slog.LevelWarn, true},
	Unavailable: {503, "overloaded", "a part of the service cannot be used now; try again shortly", slog.LevelError, true},

	SourceUnavailable: {422, "source_unavailable", "the address could not be fetched", notLogged, false},
	SourceTimeout:     {504, "source_timeout", "the address took too long to answer", notLogged, false},
	SourceIncomplete:  {422, "source_incomplete", "only a part of the photo came from its address", notLogged, false},
	ImageUnsupported:  {415, "unsupported_image", "the photo is no JPEG, PNG, GIF or WebP", notLogged, false},
	ImageTooLarge:     {422, "image_too_large", "the photo is too large to take in", notLogged, false},
	ImageInvalid:      {422, "image_invalid", "the photo is damaged", notLogged, false},
	PhotoOverloaded:   {503, "overloaded", "too much is being drawn; try again shortly", slog.LevelWarn, true},
}

// Answer is the row of the kind. A kind that is none is Internal.
func (k Kind) Answer() Answer {
	if k >= kinds {
		k = Internal
	}
	return answers[k]
}

// Code is the API's code of the kind.
func (k Kind) Code() string { return k.Answer().Code }
