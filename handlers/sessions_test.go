package handlers

import (
	"context"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"newsroom.example/cards/handlers/access"
	"newsroom.example/cards/internal/editors"
	"newsroom.example/cards/internal/journal"
)

// fakeSessions keeps sessions and links in memory.
type fakeSessions struct {
	mu    sync.Mutex
	all   map[editors.Hash]editors.Session
	links map[editors.Hash]editors.Editor
	said  []journal.Entry
	err   error // of every method
}

// seated are the sessions of all houses.
var seated fakeSessions

func (f *fakeSessions) LinkOf(_ context.Context, link editors.Hash, _ time.Time) (editors.Editor, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	e, ok := f.links[link]
	if !ok && f.err == nil {
		return e, editors.ErrNoLink
	}
	return e, f.err
}

func (f *fakeSessions) UseLink(ctx context.Context, link editors.Hash, s editors.Session) (editors.Session, error) {
	e, err := f.LinkOf(ctx, link, s.Began)
	if err != nil {
		return s, err
	}
	f.mu.Lock()
	delete(f.links, link)
	f.mu.Unlock()
	s.Editor = e
	return s, f.BeginSession(ctx, s)
}

func (f *fakeSessions) BeginSession(ctx context.Context, s editors.Session) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err != nil {
		return f.err
	}
	if f.all == nil {
		f.all = map[editors.Hash]editors.Session{}
	}
	f.all[s.Hash] = s
	f.enter(ctx, s.Editor)
	return nil
}

func (f *fakeSessions) enter(ctx context.Context, who editors.Editor) {
	if e, ok := journal.Of(ctx, noon); ok {
		e.Who = who.Who()
		f.said = append(f.said, e)
	}
}

func (f *fakeSessions) Session(_ context.Context, session editors.Hash, now time.Time) (editors.Session, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	s, ok := f.all[session]
	if f.err == nil && (!ok || !now.Before(s.Rests) || !now.Before(s.Ends)) {
		return editors.Session{}, editors.ErrNoSession
	}
	return s, f.err
}

func (f *fakeSessions) UseSession(_ context.Context, session editors.Hash, seen, rests time.Time) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	s := f.all[session]
	s.Seen, s.Rests = seen, rests
	f.all[session] = s
	return f.err
}

func (f *fakeSessions) EndSession(ctx context.Context, session editors.Hash, _ time.Time) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if s, ok := f.all[session]; ok && f.err == nil {
		f.enter(ctx, s.Editor)
		delete(f.all, session)
	}
	return f.err
}

// begunAt is the cookie of a session that began at a time, on a service with the public URL and the token.
func begunAt(publicURL, token string, began time.Time) *http.Cookie {
	g := access.New(access.Config{Token: token, PublicURL: publicURL, Sessions: &seated, Now: func() time.Time { return began }})
	return begunBy(g, access.Holder, editors.ByToken)
}

// begunBy is the cookie of an editor's session.
func begunBy(g *access.Guard, e access.Editor, way editors.Way) *http.Cookie {
	c, err := g.Begin(httptest.NewRequest(http.MethodPost, "/", nil), e, way)
	if err != nil {
		panic(err) // it fails only if seated does
	}
	return c
}

// TestSignInsAreEntered: who signs in and out is in the journal, and who fails is not.
func TestSignInsAreEntered(t *testing.T) {
	h := newHouse(t)
	var own fakeSessions
	h.deps.Sessions = &own
	h.do(t, signInForm("/", token+"x"))
	session := h.do(t, signInForm("/", token)).Cookies()[0]
	out := request("POST", "/studio/sign-out", "")
	out.AddCookie(session)
	h.do(t, out)
	h.do(t, request("POST", "/studio/sign-out", "")) // nobody
	if len(own.said) != 2 || own.said[0].Action != journal.SignIn || own.said[1].Action != journal.SignOut || own.said[0].Who != "API token" {
		t.Errorf("%+v", own.said)
	}
	if len(own.all) > 0 {
		t.Errorf("sessions %+v are left", own.all)
	}
}
