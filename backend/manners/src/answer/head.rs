//! HEAD: the answer to GET without its body, whose size is still announced.

use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
};

use actix_web::{
    HttpResponse,
    body::{BodySize, BoxBody, EitherBody, MessageBody},
    web::Bytes,
};

/// The answer to HEAD: all of it but the body, whose size is still announced.
pub(super) fn without_body<B: MessageBody + 'static>(
    response: HttpResponse<EitherBody<B>>,
) -> HttpResponse<EitherBody<B>> {
    response.map_body(|_, body| EitherBody::right(BoxBody::new(Announced(body.size()))))
}

/// A body that has a size and no bytes.
struct Announced(BodySize);

impl MessageBody for Announced {
    type Error = Infallible;

    fn size(&self) -> BodySize {
        self.0
    }

    fn poll_next(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        Poll::Ready(None)
    }
}
