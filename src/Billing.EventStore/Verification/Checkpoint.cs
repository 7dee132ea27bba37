using System.Globalization;
using System.Text;
using Billing.EventStore.Port;
using NodaTime;

namespace Billing.EventStore.Verification;

/// <summary>
/// That a book had a link at a place, signed by an installation's key. Kept where the store's keeper can't change it, it
/// shows a tail cut off later, or a book written anew with a chain of its own.
/// </summary>
/// <param name="TakenAt">Whole seconds.</param>
/// <param name="KeyId">SHA-256 of the public key (SubjectPublicKeyInfo), in lower-case hexadecimal.</param>
/// <param name="Signature">ECDSA P-256 with SHA-256 over <see cref="CanonicalForm"/>, as DER.</param>
public sealed record Checkpoint(
    BookId Book, long Place, ReadOnlyMemory<byte> Link, Instant TakenAt, string KeyId, ReadOnlyMemory<byte> Signature)
{
    public const string Format = "billing-checkpoint.v1";
    public const string Algorithm = "ECDSA-P256-SHA256";

    /// <summary>What is signed: seven lines of ASCII, each ended by a line feed.</summary>
    public byte[] CanonicalForm() => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"{Format}\n{Book}\n{Place}\n{Convert.ToHexStringLower(Link.Span)}\n{CheckpointFile.Text(TakenAt)}\n{KeyId}\n{Algorithm}\n"));
}

public enum CheckpointFinding
{
    /// <summary>The book has this link at this place.</summary>
    Holds,

    /// <summary>The signature is not what the key gives for these words.</summary>
    Forged,

    /// <summary>Another key has signed it than the one to check by.</summary>
    ForeignKey,

    /// <summary>The book ends before the place: its tail was cut off.</summary>
    Truncated,

    /// <summary>The book has another link at the place: it was written anew.</summary>
    AnotherLink,

    /// <summary>A fault before the place ended the walk.</summary>
    NotReached,
}

/// <param name="Detail">What was expected and what was found, in words.</param>
public sealed record CheckpointReport(Checkpoint Checkpoint, CheckpointFinding Finding, string Detail)
{
    internal static CheckpointReport At(Checkpoint checkpoint, ReadOnlyMemory<byte> link) =>
        checkpoint.Link.Span.SequenceEqual(link.Span)
            ? new(checkpoint, CheckpointFinding.Holds, "the book has this link there")
            : new(checkpoint, CheckpointFinding.AnotherLink,
                $"expected link {Convert.ToHexStringLower(checkpoint.Link.Span)}; found {Convert.ToHexStringLower(link.Span)}: "
                + "the book was written anew up to there");

    internal static CheckpointReport Beyond(Checkpoint checkpoint, long place, ChainFault? fault) => fault is null
        ? new(checkpoint, CheckpointFinding.Truncated, string.Create(
            CultureInfo.InvariantCulture, $"expected {checkpoint.Place} events; found {place}: the end of the book was cut off"))
        : new(checkpoint, CheckpointFinding.NotReached, string.Create(
            CultureInfo.InvariantCulture, $"the walk ended before it, at place {fault.Place}"));

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"checkpoint of {Checkpoint.TakenAt} at place {Checkpoint.Place}: {Words}, {Detail}");

    private string Words => Finding switch
    {
        CheckpointFinding.Holds => "holds",
        CheckpointFinding.Forged => "FORGED SIGNATURE",
        CheckpointFinding.ForeignKey => "SIGNED BY ANOTHER KEY",
        CheckpointFinding.Truncated => "TRUNCATED",
        CheckpointFinding.AnotherLink => "ANOTHER LINK",
        _ => "not reached",
    };
}
