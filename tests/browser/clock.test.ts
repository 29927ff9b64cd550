// Every test that moves the clock: one after another, with one product.
import './clock/pages.test'
import './clock/freeze.test'
import './clock/secure-link.test'
import './clock/health.test'
