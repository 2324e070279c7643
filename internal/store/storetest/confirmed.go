package storetest

import (
	"sync"
	"testing"
	"time"

	"newsroom.example/cards/internal/store"
)

func confirmedShares(t *testing.T, open Opener) {
	again := open(t, 0)
	s := again()
	put(t, s, record("a", "One"))
	put(t, s, record("b", "Two"))
	confirm := func(id, receipt string, at time.Time) bool {
		t.Helper()
		counted, err := s.ConfirmShare(t.Context(),
			store.Confirmation{ArticleID: id, Target: "kakao", At: at, Receipt: receipt})
		if err != nil {
			t.Fatal(err)
		}
		return counted
	}
	same(t, []bool{true, false, true, false}, []bool{
		confirm("a", "1", noon), confirm("a", "1", noon.Add(time.Hour)), confirm("a", "2", noon.Add(time.Hour)),
		confirm("b", "2", noon.Add(time.Hour)),
	})
	click(t, s, store.Click{ArticleID: "a", Target: "kakao", At: noon})
	s = again()
	same(t, false, confirm("a", "1", noon.Add(store.ReceiptLife-time.Minute)))
	for since, want := range map[time.Time]map[string]int64{noon: {"kakao": 2}, noon.Add(30 * time.Minute): {"kakao": 1},
		noon.Add(2 * time.Hour): {}} {
		got, err := s.Stats(t.Context(), "a", since)
		if err != nil {
			t.Fatal(err)
		}
		same(t, want, got.Confirmed)
	}
	got, err := s.Stats(t.Context(), "a", noon)
	if err != nil {
		t.Fatal(err)
	}
	same(t, int64(1), got.Shares)
	var counted sync.WaitGroup
	sum := make(chan bool, 20)
	for range 20 {
		counted.Go(func() {
			ok, err := s.ConfirmShare(t.Context(), store.Confirmation{ArticleID: "b", Target: "kakao", At: noon, Receipt: "3"})
			sum <- ok && err == nil
		})
	}
	counted.Wait()
	close(sum)
	n := 0
	for ok := range sum {
		if ok {
			n++
		}
	}
	same(t, 1, n)
}
