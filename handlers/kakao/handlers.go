// Package kakao opens KakaoTalk's share sheet and counts the shares that Kakao confirms.
package kakao

import (
	"context"
	"time"

	"newsroom.example/cards/handlers/lookup"
	"newsroom.example/cards/handlers/present"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/web"
)

// Settings are those of the page and its callback. The zero value offers the link to copy and takes no
// callback.
type Settings struct {
	SDKURL       string // of Kakao's SDK for JavaScript
	SDKIntegrity string // its hash, as an integrity attribute has it
	AdminKey     string // proves that a callback is Kakao's; a secret
}

// Clicks counts; package store.
type Clicks interface {
	ConfirmShare(ctx context.Context, c store.Confirmation) (counted bool, err error)
}

// Config is what the handlers call.
type Config struct {
	Settings
	Clicks  Clicks
	Pages   *web.Pages
	Find    lookup.Finder
	Present present.Presenter
	Now     func() time.Time
}

// Handlers answer requests. They are safe for concurrent use.
type Handlers struct{ Config }

// New makes the handlers.
func New(c Config) *Handlers { return &Handlers{c} }

// policy lets in Kakao's SDK, and lets that reach Kakao: the form it sends opens the share
// sheet on a computer.
func policy(sdk string) string {
	return "default-src 'none'; script-src 'self' " + sdk + "; style-src 'self'; img-src 'self' https: http: data:; connect-src https://kapi.kakao.com; " +
		"form-action 'self' https://sharer.kakao.com; base-uri 'none'; frame-ancestors 'none'"
}
