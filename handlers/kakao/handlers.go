// Package kakao opens KakaoTalk's share sheet and counts the shares that Kakao confirms.
package kakao

import (
	"context"
	"time"

	"newsroom.example/cards/handlers/access"
	"newsroom.example/cards/handlers/lookup"
	"newsroom.example/cards/handlers/present"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/web"
)

// Settings are the settings of the page and the callback. With the zero value the page offers the link to copy
// and the callback is off.
type Settings struct {
	SDKURL       string // of Kakao's SDK for JavaScript
	SDKIntegrity string // its hash, in the form of an integrity attribute
	AdminKey     string // authenticates callbacks of Kakao; a secret
}

// Clicks counts clicks and shares; package store.
type Clicks interface {
	ConfirmShare(ctx context.Context, c store.Confirmation) (counted bool, err error)
}

// Config holds what the handlers depend on.
type Config struct {
	Settings
	Clicks  Clicks
	Pages   *web.Pages
	Find    lookup.Finder
	Present present.Presenter
	Guard   *access.Guard
	Now     func() time.Time
}

// Handlers answer requests. They are safe for concurrent use.
type Handlers struct{ Config }

// New makes the handlers.
func New(c Config) *Handlers { return &Handlers{c} }

// policy allows Kakao's SDK, and its requests to Kakao: the form that it sends opens the share sheet on
// computers.
func policy(sdk string) string {
	return "default-src 'none'; script-src 'self' " + sdk + "; style-src 'self'; img-src 'self' https: http: data:; connect-src https://kapi.kakao.com; " +
		"form-action 'self' https://sharer.kakao.com; base-uri 'none'; frame-ancestors 'none'"
}
