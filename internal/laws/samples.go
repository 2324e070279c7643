package laws

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/design"
	"newsroom.example/cards/internal/sample"
	"newsroom.example/cards/render"
)

// Card is a law that cards of one theme and template break, with the first card that does.
type Card struct {
	Broken

	Theme, Template, Size string
	Story                 string // name of the sample
	More                  int    // other cards of the theme and template that break it too
}

// String says where the law is broken, how, and what to change.
func (b Card) String() string {
	also := ""
	if b.More > 0 {
		also = fmt.Sprintf(" (so do %d other cards)", b.More)
	}
	return fmt.Sprintf("theme %s, template %s, size %s, sample %q: %s%s; %s", b.Theme, b.Template, b.Size, b.Story, b.Problem, also,
		b.Change)
}

// trial is a sample in a theme, template and size.
type trial struct {
	theme, template, size, story string
	card                         card.Card
	photo, portrait              render.Photo
	painted                      bool // the photo's pixels are looked at
}

// Try lays out all samples in all sizes, in the newsroom's themes and each template, or in the default theme and
// the newsroom's templates if it has no theme. It returns the laws that they break, one of each kind for a theme and
// template, in the order of trials.
func Try(ctx context.Context, r *render.Renderer, set *design.Set) ([]Card, error) {
	trials, err := trialsOf(set)
	if err != nil {
		return nil, err
	}
	found := make([][]Broken, len(trials))
	var tries errgroup.Group
	tries.SetLimit(runtime.GOMAXPROCS(0))
	for i, t := range trials {
		tries.Go(func() (err error) {
			if found[i], err = t.try(ctx, r); err != nil {
				err = fmt.Errorf("%s %s %s: %w", t.theme, t.template, t.size, err)
			}
			return err
		})
	}
	if err := tries.Wait(); err != nil {
		return nil, err
	}
	var all []Card
	at := map[string]int{} // in all, by theme, template and law
	for i, t := range trials {
		for n, b := range found[i] {
			if slices.ContainsFunc(found[i][:n], func(o Broken) bool { return o.Law == b.Law }) {
				continue
			}
			key := strings.Join([]string{t.theme, t.template, b.Law}, " ")
			if j, ok := at[key]; ok {
				all[j].More++
				continue
			}
			at[key] = len(all)
			all = append(all, Card{Broken: b, Theme: t.theme, Template: t.template, Size: t.size, Story: t.story})
		}
	}
	return all, nil
}

func (t trial) try(ctx context.Context, r *render.Renderer) ([]Broken, error) {
	var p render.Plan
	var contrasts map[string]float64
	var err error
	if t.painted {
		p, contrasts, err = r.Contrasts(ctx, t.card, t.photo, t.portrait)
	} else {
		p, err = r.Layout(t.card, t.photo, render.Plan{}, t.portrait)
	}
	if err != nil {
		return nil, err
	}
	return Of(r, t.card, p, contrasts), nil
}

// painted are samples of different photos, by sizes, that are laid out over the pixels of their photos: of the others
// only what lies on paper is known to be clear.
var painted = map[string]string{"og": "story", "square": "garden", "story": "long"}

// Pictures returns the photo and the portrait of a sample; nil for one that it has not.
func Pictures(s sample.Story) (photo, portrait render.Photo) {
	return scenes()[s.Photo], scenes()[s.Portrait]
}

// scenes returns the pictures of the samples, by the names of their scenes. They are drawn once.
var scenes = sync.OnceValue(func() map[string]render.Photo {
	all := map[string]render.Photo{}
	for _, s := range sample.Scenes {
		all[s.Name] = render.Decoded(s.Draw(1200, 800))
	}
	return all
})

func trialsOf(set *design.Set) (all []trial, err error) {
	themes, templates := set.Own(), set.Templates()
	if len(themes) == 0 {
		themes, templates = []string{design.Default}, set.OwnTemplates()
	}
	for _, theme := range themes {
		for _, template := range templates {
			for _, size := range card.Sizes {
				for _, story := range sample.Stories {
					c, err := story.In(theme, template, size.Size)
					if err != nil {
						return nil, err
					}
					photo, portrait := Pictures(story)
					all = append(all, trial{theme, template, size.Name, story.Name, c, photo, portrait,
						story.Name == painted[size.Name]})
				}
			}
		}
	}
	return all, nil
}
