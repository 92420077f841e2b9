//! What dossiers are looked for by: whom they wait for, and how near their date is.

crate::words::words! {
    /// What a desk waits for.
    Awaiting {
        /// Submitted, and not answered yet (eight working hours).
        Answer => "answer",
        /// Given to a desk and not acknowledged.
        Acknowledgement => "acknowledgement",
        /// Accepted, and nobody was given it yet.
        Handover => "handover",
        /// Another body's opinion.
        Opinion => "opinion",
        /// Before the leader.
        Signature => "signature",
        /// Signed, the result not recorded.
        Result => "result",
        /// Result ready, not collected.
        HandBack => "hand_back",
    }
}

crate::words::words! {
    /// How near the date of an open dossier is.
    DueWithin {
        /// Past its date.
        Overdue => "overdue",
        /// Today.
        Today => "today",
        /// Today or the next working day.
        Soon => "soon",
    }
}
