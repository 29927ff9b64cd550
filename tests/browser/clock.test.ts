// All tests that move the clock: one after another, at one product.
import './clock/pages.test'
import './clock/freeze.test'
import './clock/health.test'
