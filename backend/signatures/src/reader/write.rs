//! Values as they are written.

use super::Value;
use super::value::is_regular;

/// Writes a value as the format has it.
pub fn write(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::Null => out.extend_from_slice(b"null"),
        Value::Bool(yes) => out.extend_from_slice(if *yes { b"true" } else { b"false" }),
        Value::Int(n) => out.extend_from_slice(n.to_string().as_bytes()),
        Value::Real(text) => out.extend_from_slice(text),
        Value::Name(name) => {
            out.push(b'/');
            for byte in name {
                if is_regular(*byte) && *byte != b'#' && (33..127).contains(byte) {
                    out.push(*byte);
                } else {
                    out.extend_from_slice(format!("#{byte:02X}").as_bytes());
                }
            }
        }
        Value::Text(text) => {
            out.push(b'<');
            for byte in text {
                out.extend_from_slice(format!("{byte:02X}").as_bytes());
            }
            out.push(b'>');
        }
        Value::Array(items) => {
            out.push(b'[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(b' ');
                }
                write(item, out);
            }
            out.push(b']');
        }
        Value::Dict(dict) => {
            out.extend_from_slice(b"<<");
            for (key, item) in dict {
                write(&Value::Name(key.clone()), out);
                out.push(b' ');
                write(item, out);
            }
            out.extend_from_slice(b">>");
        }
        Value::Ref(id, generation) => {
            out.extend_from_slice(format!("{id} {generation} R").as_bytes());
        }
    }
}
