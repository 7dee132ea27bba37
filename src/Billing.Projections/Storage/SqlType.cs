namespace Billing.Projections.Storage;

/// <summary>What a column or a parameter holds; each database has its own name for it.</summary>
internal enum SqlType
{
    /// <summary>A whole number of 64 bits; also dates, instants and yes or no (1 or 0).</summary>
    Number,

    /// <summary>An id of 16 bytes, sorted by them in the order in which they are written.</summary>
    Id,

    /// <summary>Text, sorted by the bytes of its UTF-8 form.</summary>
    Text,
}
