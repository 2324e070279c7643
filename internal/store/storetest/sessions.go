package storetest

import (
	"fmt"
	"testing"
	"time"

	"newsroom.example/cards/internal/editors"
	"newsroom.example/cards/internal/journal"
)

// sessions: a session is valid on every process until it is not used for its rest, until its end, or until it is ended.
func sessions(t *testing.T, open Opener) {
	both := open(t, 0)
	s, other := both(), both()
	want := session("one")
	want.Editor, want.Way = editors.Editor{Name: "Ann Lee", Mark: "1f2e", Role: editors.Viewer}, editors.ByOIDC
	wants(t, "a session begins", s.BeginSession(doing(t, "", journal.SignIn), want), nil)
	valid := func(why string, secret string, at time.Time, want error) {
		t.Helper()
		_, err := other.Session(t.Context(), editors.HashOf(secret), at)
		wants(t, why, err, want)
	}
	got, err := other.Session(t.Context(), want.Hash, noon)
	if err != nil {
		t.Fatal(err)
	}
	same(t, want, got)
	valid("another secret", "two", noon, editors.ErrNoSession)
	valid("no secret", "", noon, editors.ErrNoSession)
	hour := noon.Add(time.Hour)
	valid("in the last moment", "one", hour.Add(-time.Millisecond), nil)
	valid("not used for an hour", "one", hour, editors.ErrNoSession)

	used := noon.Add(30 * time.Minute)
	wants(t, "a use", s.UseSession(t.Context(), want.Hash, used, used.Add(90*time.Minute)), nil)
	wants(t, "an older use", other.UseSession(t.Context(), want.Hash, noon.Add(time.Minute), hour), nil)
	valid("used meanwhile", "one", hour, nil)
	if got, err = s.Session(t.Context(), want.Hash, hour); err != nil || !got.Seen.Equal(used) {
		t.Errorf("%+v, %v", got, err)
	}
	valid("at its end", "one", noon.Add(2*time.Hour), editors.ErrNoSession)
	for range 2 {
		wants(t, "an end", s.EndSession(doing(t, "", journal.SignOut), want.Hash, used), nil)
	}
	valid("after a sign-out", "one", used, editors.ErrNoSession)
	same(t, "Ann Lee #1f2e session.end   0 \nAnn Lee #1f2e session.begin   0 oidc", entered(t, other))
}

// removedEditor: with an editor her sessions end, and nobody else's; one who is added again has none.
func removedEditor(t *testing.T, open Opener) {
	both := open(t, 0)
	s, other := both(), both()
	for i, name := range []string{"Ann", "Ben"} {
		account(t, s, name, editors.Writer)
		if _, err := s.UseLink(t.Context(), editors.HashOf(name), session(name)); err != nil {
			t.Fatal(i, err)
		}
	}
	namesake := session("namesake") // an Ann whom a provider knows is somebody else
	namesake.Name, namesake.Role, namesake.Way = "Ann", editors.Viewer, editors.ByOIDC
	wants(t, "a namesake", s.BeginSession(t.Context(), namesake), nil)
	all, err := other.Editors(t.Context(), noon)
	if err != nil || fmt.Sprint(all[0].Sessions, all[0].Seen.Equal(noon), all[1].Sessions) != "1 true 1" {
		t.Errorf("%+v, %v", all, err)
	}
	wants(t, "a removal", s.RemoveEditor(t.Context(), "Ann", noon), nil)
	account(t, s, "Ann", editors.Viewer)
	for secret, want := range map[string]error{"Ann": editors.ErrNoSession, "Ben": nil, "namesake": nil} {
		_, err := other.Session(t.Context(), editors.HashOf(secret), noon)
		wants(t, secret, err, want)
	}
}

// sessionsPruned: sessions that have ended are removed, and no others.
func sessionsPruned(t *testing.T, open Opener) {
	s := open(t, 0)()
	for name, change := range map[string]func(*editors.Session){
		"ended": func(s *editors.Session) { s.Ends = noon.Add(time.Minute) }, "rested": func(*editors.Session) {},
		"live": func(s *editors.Session) { s.Rests = s.Ends },
	} {
		one := session(name)
		change(&one)
		wants(t, name, s.BeginSession(t.Context(), one), nil)
	}
	for i, want := range []int{2, 0} {
		if n, err := s.PruneSessions(t.Context(), noon.Add(time.Hour)); err != nil || n != want {
			t.Errorf("call %d removed %d, %v", i, n, err)
		}
	}
	_, err := s.Session(t.Context(), editors.HashOf("live"), noon.Add(time.Hour))
	wants(t, "a live one", err, nil)
}
