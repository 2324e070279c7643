package storetest

import (
	"errors"
	"fmt"
	"strconv"
	"sync"
	"testing"
	"time"

	"newsroom.example/cards/internal/editors"
	"newsroom.example/cards/internal/journal"
	"newsroom.example/cards/internal/store"
)

// link returns a link that can be used for an hour from noon on.
func link(secret string) editors.Link {
	return editors.Link{Hash: editors.HashOf(secret), Ends: noon.Add(time.Hour)}
}

// account adds an editor, whose link is her name.
func account(t *testing.T, s store.Store, name string, role editors.Role) {
	t.Helper()
	err := s.AddEditor(doing(t, "operator", journal.AddEditor), editors.Account{Name: name, Role: role, Added: noon}, link(name))
	if err != nil {
		t.Fatal(err)
	}
}

// session returns a session that begins at noon, rests after an hour and ends after two.
func session(secret string) editors.Session {
	return editors.Session{Hash: editors.HashOf(secret), Editor: editors.Editor{Name: "API token", Role: editors.Admin},
		Way: editors.ByToken, Bound: "b", Began: noon, Seen: noon, Rests: noon.Add(time.Hour),
		Ends: noon.Add(2 * time.Hour)}
}

func wants(t *testing.T, why string, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Errorf("%s: %v, want %v", why, got, want)
	}
}

// accounts: editors are added once, listed by name, changed and removed, and all of that is entered.
func accounts(t *testing.T, open Opener) {
	both := open(t, 0)
	s, other := both(), both()
	account(t, s, "Ben", editors.Admin)
	account(t, other, "Ann", editors.Writer)
	wants(t, "a name that is taken", other.AddEditor(t.Context(), editors.Account{Name: "Ben", Role: editors.Viewer, Added: noon},
		link("more")), editors.ErrTaken)
	all, err := s.Editors(t.Context(), noon)
	if err != nil {
		t.Fatal(err)
	}
	ends := noon.Add(time.Hour)
	same(t, []editors.Account{
		{Name: "Ann", Role: editors.Writer, Added: noon, LinkEnds: ends},
		{Name: "Ben", Role: editors.Admin, Added: noon, LinkEnds: ends},
	}, all)
	if all, err = s.Editors(t.Context(), ends); err != nil || len(all) != 2 || !all[0].LinkEnds.IsZero() {
		t.Errorf("after the links' end: %+v, %v", all, err)
	}
	for _, name := range []string{"Cem", "", "Ann' OR 'a'='a", "A\x00nn", "\xff"} {
		wants(t, fmt.Sprintf("the link of %q", name), s.SetLink(t.Context(), name, link("x"), noon), editors.ErrUnknown)
		wants(t, fmt.Sprintf("the removal of %q", name), s.RemoveEditor(t.Context(), name, noon), editors.ErrUnknown)
	}
	wants(t, "a removal", s.RemoveEditor(doing(t, "operator", journal.RemoveEditor), "Ben", noon), nil)
	again := other.RemoveEditor(doing(t, "operator", journal.RemoveEditor), "Ben", noon)
	wants(t, "a second removal", again, editors.ErrUnknown)
	account(t, s, "Ben", editors.Viewer)
	same(t, "operator editor.add   0 Ben, viewer\noperator editor.remove   0 Ben\noperator editor.add   0 Ann, editor\n"+
		"operator editor.add   0 Ben, admin", entered(t, other))
}

// links: a link begins one session, in its time, unless another has taken its place.
func links(t *testing.T, open Opener) {
	both := open(t, 0)
	s, other := both(), both()
	account(t, s, "Ann", editors.Writer)
	account(t, s, "Ben", editors.Viewer)
	for _, hash := range []editors.Hash{"", editors.HashOf(""), editors.HashOf("ann"), "Ann"} {
		_, err := s.LinkOf(t.Context(), hash, noon)
		wants(t, "a link that is none", err, editors.ErrNoLink)
		_, err = s.UseLink(t.Context(), hash, session("one"))
		wants(t, "a link that is none", err, editors.ErrNoLink)
	}
	hash := editors.HashOf("Ann")
	for range 2 { // looking at it does not use it up
		e, err := other.LinkOf(t.Context(), hash, noon)
		if err != nil || e != (editors.Editor{Name: "Ann", Role: editors.Writer}) {
			t.Errorf("%+v, %v", e, err)
		}
	}
	_, err := s.LinkOf(t.Context(), hash, noon.Add(time.Hour))
	wants(t, "a link that has ended", err, editors.ErrNoLink)
	late := session("late")
	late.Began = noon.Add(time.Hour)
	_, err = s.UseLink(t.Context(), hash, late)
	wants(t, "a link that has ended", err, editors.ErrNoLink)

	began, err := s.UseLink(doing(t, "", journal.SignIn), hash, session("one"))
	if err != nil || began.Name != "Ann" || began.Role != editors.Writer || began.Way != editors.ByLink {
		t.Errorf("%+v, %v", began, err)
	}
	_, err = other.UseLink(t.Context(), hash, session("two"))
	wants(t, "a link that was used", err, editors.ErrNoLink)

	wants(t, "another link", s.SetLink(doing(t, "operator", journal.LinkEditor), "Ben", link("second"), noon), nil)
	_, err = other.UseLink(t.Context(), editors.HashOf("Ben"), session("three"))
	wants(t, "a link that was replaced", err, editors.ErrNoLink)
	_, err = other.UseLink(doing(t, "", journal.SignIn), editors.HashOf("second"), session("four"))
	wants(t, "the link in its place", err, nil)
	same(t, "Ben session.begin   0 link\noperator editor.link   0 Ben\nAnn session.begin   0 link\n"+
		"operator editor.add   0 Ben, viewer\noperator editor.add   0 Ann, editor", entered(t, s))
}

// linkOfTwo: of several who use a link at once, one gets in.
func linkOfTwo(t *testing.T, open Opener) {
	both := open(t, 0)
	stores := []store.Store{both(), both()}
	account(t, stores[0], "Ann", editors.Writer)
	var all sync.WaitGroup
	outcome := make(chan error, 8)
	for i := range cap(outcome) {
		all.Go(func() {
			_, err := stores[i%2].UseLink(t.Context(), editors.HashOf("Ann"), session(strconv.Itoa(i)))
			outcome <- err
		})
	}
	all.Wait()
	close(outcome)
	in := 0
	for err := range outcome {
		if err == nil {
			in++
		} else {
			wants(t, "who comes second", err, editors.ErrNoLink)
		}
	}
	if in != 1 {
		t.Errorf("%d got in", in)
	}
}
