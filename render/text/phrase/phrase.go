// Package phrase finds the boundaries of phrases in languages that are written without spaces, so that lines end
// where readers pause. It scores each place between two characters by the characters around it, like BudouX and
// with BudouX's models (models/README.md).
package phrase

import (
	"embed"
	"encoding/json"
	"fmt"
	"sync"
)

//go:embed models/*.json
var files embed.FS

// model holds the scores of the features of a place: single characters (UW), pairs (BW) and
// triples (TW) at offsets around it.
type model struct {
	features []feature
	base     int // half the sum of all scores, subtracted from each place's; all are doubled to stay integers
}

// feature is the size characters that begin offset characters from the place.
type feature struct {
	offset, size int
	scores       map[[3]rune]int
}

// shapes are the features by their names in the models.
var shapes = map[string]feature{
	"UW1": {offset: -3, size: 1}, "UW2": {offset: -2, size: 1}, "UW3": {offset: -1, size: 1},
	"UW4": {offset: 0, size: 1}, "UW5": {offset: 1, size: 1}, "UW6": {offset: 2, size: 1},
	"BW1": {offset: -2, size: 2}, "BW2": {offset: -1, size: 2}, "BW3": {offset: 0, size: 2},
	"TW1": {offset: -3, size: 3}, "TW2": {offset: -2, size: 3}, "TW3": {offset: -1, size: 3}, "TW4": {offset: 0, size: 3},
}

// models are loaded when a text first needs them.
var models = map[string]func() *model{
	"ja": load("ja"), "zh-hans": load("zh-hans"), "zh-hant": load("zh-hant"), "th": load("th"),
}

func load(name string) func() *model {
	return sync.OnceValue(func() *model {
		m, err := read(name)
		if err != nil {
			panic(err) // cannot happen: the files are embedded, and a test loads each
		}
		return m
	})
}

func read(name string) (*model, error) {
	raw, err := files.ReadFile("models/" + name + ".json")
	if err != nil {
		return nil, err
	}
	var groups map[string]map[string]int
	if err := json.Unmarshal(raw, &groups); err != nil {
		return nil, fmt.Errorf("phrase model %s: %w", name, err)
	}
	m := &model{}
	for group, scores := range groups {
		f, ok := shapes[group]
		if !ok {
			return nil, fmt.Errorf("phrase model %s: no feature is called %q", name, group)
		}
		f.scores = make(map[[3]rune]int, len(scores))
		for text, score := range scores {
			var key [3]rune
			copy(key[:], []rune(text))
			f.scores[key] = score
			m.base += score
		}
		m.features = append(m.features, f)
	}
	return m, nil
}

// Joints reports before which of the runes a phrase begins, in a text of the language: "ja", "th", "zh-hans" or
// "zh-hant". It returns nil for any other language. The first rune is never a joint. It is safe for concurrent
// use.
func Joints(language string, runes []rune) []bool {
	load, ok := models[language]
	if !ok {
		return nil
	}
	m := load()
	joints := make([]bool, len(runes))
	for i := 1; i < len(runes); i++ {
		joints[i] = m.score(runes, i) > 0
	}
	return joints
}

// score returns a positive number if a phrase begins before rune i.
func (m *model) score(runes []rune, i int) int {
	score := -m.base
	for _, f := range m.features {
		from := i + f.offset
		if from < 0 || from+f.size > len(runes) {
			continue
		}
		var key [3]rune
		copy(key[:], runes[from:from+f.size])
		score += 2 * f.scores[key]
	}
	return score
}
