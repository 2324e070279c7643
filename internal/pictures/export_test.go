package pictures

import "newsroom.example/cards/card"

// MaxSketches is exported for tests.
const MaxSketches = maxSketches

// Remembered returns how many sketches are remembered.
func (s *Service) Remembered() int { return len(s.sketches.known) }

// Remember remembers a sketch under a key.
func (s *Service) Remember(key card.Key) { s.sketches.put(key, nil) }

// SketchLike is exported for benchmarks: the figures in all sizes of a card of which the plan in size og is known.
var SketchLike = sketch
