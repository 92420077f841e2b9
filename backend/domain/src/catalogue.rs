//! The catalogue of administrative procedures (DOMAIN §5) as data.
