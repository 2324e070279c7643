package main

import (
	"bytes"
	"errors"
	"math"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"newsroom.example/cards/bench/internal/page"
)

// TestThePageIsTheModels: docs/scaling.md says what the constants say.
func TestThePageIsTheModels(t *testing.T) {
	before, err := os.ReadFile("../../" + pageFile)
	if err != nil {
		t.Fatal(err)
	}
	again := filepath.Join(t.TempDir(), "page.md")
	if err := os.WriteFile(again, before, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := page.Write(again, planCommand, planText()); err != nil {
		t.Fatal(err)
	}
	if after, err := os.ReadFile(again); err != nil || !bytes.Equal(before, after) {
		t.Errorf("%v: run %s", err, planCommand)
	}
}

// TestEdge: an edge asks for what it lacks once, keeps it as long as it may, and keeps no error.
func TestEdge(t *testing.T) {
	var e edge
	asked := 0
	answer := func(control string, err error) func() (http.Header, error) {
		return func() (http.Header, error) {
			asked++
			return http.Header{"Cache-Control": {control}}, err
		}
	}
	for i, step := range []struct {
		address string
		second  float64
		control string
		err     error
		hit     bool
		asked   int
	}{
		{"/a", 0, "public, max-age=60", nil, false, 1},
		{"/a", 59, "", nil, true, 1},
		{"/a", 60, "public, max-age=60", nil, false, 2},
		{"/b", 60, "no-store, max-age=60", nil, false, 3},
		{"/b", 60, "private, max-age=60", nil, false, 4},
		{"/b", 60, "max-age=60", errors.New("503"), false, 5},
		{"/b", 60, "", nil, false, 6},
		{"/b", 60, "max-age=31536000, immutable", nil, false, 7},
		{"/b", 86_399, "", nil, true, 7},
	} {
		hit, err := e.get(step.address, step.second, answer(step.control, step.err))
		if hit != step.hit || asked != step.asked || !errors.Is(err, step.err) {
			t.Errorf("step %d: hit %v, asked %d, %v", i, hit, asked, err)
		}
	}
	var many sync.WaitGroup
	asked = 0
	for range 50 {
		many.Go(func() { _, _ = e.get("/c", 1, answer("max-age=60", nil)) })
	}
	many.Wait()
	if asked != 1 {
		t.Errorf("asked %d times for one picture", asked)
	}
}

// TestFetchesAreThoseOfEdges: the model's number of pictures that edges fetch is that of a cache of each edge, filled with
// random views.
func TestFetchesAreThoseOfEdges(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, d := range []traffic{day(200_000, 40, 10), day(20_000, 40, 50), day(500, 20, 10)} {
		pick := newPicker(int(d.stories), random)
		type key struct{ story, picture, edge int }
		seen := map[key]bool{}
		pictures := int(d.versions * d.sizes) // 7 of 7.5
		for range int(d.views) {
			seen[key{pick.pick(), random.IntN(pictures), random.IntN(int(d.edges))}] = true
		}
		measured := float64(len(seen)) * d.versions * d.sizes / float64(pictures)
		least := d.stories * d.versions * d.sizes
		if model := d.fetches(); math.Abs(model-max(measured, least)) > 0.1*model {
			t.Errorf("%v views: %.0f by the model, %.0f in caches", d.views, model, measured)
		}
	}
}

// TestPredictionIsASum: what requests take is the sum of what each takes, times how slow the machine is.
func TestPredictionIsASum(t *testing.T) {
	for s := range setups {
		var all needs
		var n [kinds]float64
		for k := range kinds {
			var one [kinds]float64
			one[k], n[k] = 1000, 1000
			used := predict(s, one, 0, 1)
			if used.service <= 0 || (s == alone) != (used.database+used.objects == 0) && k != top {
				t.Errorf("%s, %s: %+v", s, k, used)
			}
			all = needs{all.service + used.service, all.database + used.database, all.objects + used.objects}
		}
		twice := predict(s, n, 0, 2)
		if d := twice.service - 2*all.service; d.Abs() > 1000 {
			t.Errorf("%s: %v on a machine half as fast, %v on the usual one", s, twice.service, all.service)
		}
	}
}

// TestMoreViewsNeedNoLess: more of anything needs no less of anything.
func TestMoreViewsNeedNoLess(t *testing.T) {
	before := planFor(plans[0])
	for _, more := range plans[1:] {
		after := planFor(more)
		if after.perSecond < before.perSecond || after.cores < before.cores || after.rows < before.rows ||
			after.databaseGB < before.databaseGB || after.bucketGB < before.bucketGB || after.money() < before.money() {
			t.Errorf("%+v after %+v", after, before)
		}
		before = after
	}
}

// TestTooFarIsSaid: a measurement is too far from the model in either direction.
func TestTooFarIsSaid(t *testing.T) {
	for measured, off := range map[float64]bool{100: false, 124: false, 126: true, 76: false, 74: true, 0: true} {
		if got := (comparison{model: 100, measured: measured}).off(); got != off {
			t.Errorf("%v of 100: %v", measured, got)
		}
	}
}

func TestNumbers(t *testing.T) {
	for x, want := range map[float64]string{0: "0", 999: "999", 1000: "1,000", 1e9: "1,000,000,000"} {
		if got := number(x); got != want {
			t.Errorf("%v: %s", x, got)
		}
	}
}
