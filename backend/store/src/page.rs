//! One page of a list: the rows next to an edge, in the list's order whichever way one reads.

/// A page of `$found` (boxed, filtered, limited) that falls by `$key`. `$edge`: the key one stands at, and
/// whether one reads back from it; none: from the beginning.
macro_rules! falling {
    ($db:expr, $found:expr, $key:expr, $edge:expr) => {{
        let found = $found;
        match $edge {
            Some((at, true)) => {
                let mut rows: Vec<_> = found.filter($key.gt(at)).order($key.asc()).load($db)?;
                rows.reverse();
                Ok(rows)
            }
            Some((at, false)) => Ok(found.filter($key.lt(at)).order($key.desc()).load($db)?),
            None => Ok(found.order($key.desc()).load($db)?),
        }
    }};
}

/// As [`falling`], for a list that rises by `$key`.
macro_rules! rising {
    ($db:expr, $found:expr, $key:expr, $edge:expr) => {{
        let found = $found;
        match $edge {
            Some((at, true)) => {
                let mut rows: Vec<_> = found.filter($key.lt(at)).order($key.desc()).load($db)?;
                rows.reverse();
                Ok(rows)
            }
            Some((at, false)) => Ok(found.filter($key.gt(at)).order($key.asc()).load($db)?),
            None => Ok(found.order($key.asc()).load($db)?),
        }
    }};
}

pub(crate) use {falling, rising};
