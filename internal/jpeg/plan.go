package jpeg

// Sizes of a plan.
const (
	planBlocks = 10      // maximum blocks of an MCU (T.81, B.2.3)
	planCoeffs = 4 << 10 // coefficients; together with the tables they fit into the first-level cache
)

// plan is the memory layout of the coefficients of several MCUs in a row, which are decoded together.
// Blocks of a component that are adjacent in the picture are adjacent in memory too.
type plan struct {
	points int // of the inverse DCT: 8, 4, 2 or 1
	keep   *places
	most   int // maximum number of MCUs; even
	size   int // number of coefficients of that many MCUs
	count  int // number of blocks of an MCU
	blocks [planBlocks]block
	rows   []row
}

// row is a row of adjacent blocks of one component: the index of its first coefficient, and the number of
// coefficients for each MCU.
type row struct{ at, step int }

// newPlan returns the plan for pictures at 1/(1<<shrink) of their size.
func newPlan(comps []component, shrink int) *plan {
	p := &plan{points: 8 >> shrink, keep: &keeps[3-shrink]}
	for _, c := range comps {
		p.count += c.h * c.v
	}
	each := p.points * p.points
	p.most = planCoeffs / (p.count * each) &^ 1
	i := 0
	for comp, c := range comps {
		for range c.v {
			for h := range c.h {
				p.blocks[i] = block{c.dc, c.ac, comp, p.size + h*each, c.h * each}
				i++
			}
			p.rows = append(p.rows, row{p.size, c.h * each})
			p.size += p.most * c.h * each
		}
	}
	return p
}

// clear sets the coefficients of the MCUs from first to last-1 to zero. If a block has only a DC value,
// there is nothing to clear: that is always written.
func (p *plan) clear(coeffs *[planCoeffs]int32, first, last int) {
	if p.points == 1 {
		return
	}
	for _, r := range p.rows {
		clear(coeffs[r.at+first*r.step : r.at+last*r.step])
	}
}
