using Billing.Domain.Values;
using NodaTime;

namespace Billing.Projections.Storage;

/// <summary>
/// A statement that may answer rows, whose columns are read in their order, one after the other. Ids are 16 bytes,
/// big-endian, so that they sort by time; dates are whole numbers such as 20260131; instants are Unix ticks of 100 ns.
/// </summary>
internal abstract class Statement : Command
{
    /// <summary>True with the next row in place, false at the end.</summary>
    public abstract bool Step();

    /// <summary>Makes it ready for the next run. A failed run has said so already.</summary>
    public abstract void Reset();

    public override void Run()
    {
        try
        {
            Step();
        }
        finally
        {
            Reset();
        }
    }

    public abstract long Long();

    public abstract Guid Id();

    public abstract string Text();

    public int Int() => checked((int)Long());

    public bool Bool() => Long() != 0;

    public long? OptionalLong() => SkipsNull() ? null : Long();

    public Guid? OptionalId() => SkipsNull() ? null : Id();

    public string? OptionalText() => SkipsNull() ? null : Text();

    public LocalDate Date() => Calendar.Date(Long());

    public LocalDate? OptionalDate() => SkipsNull() ? null : Date();

    public Instant Instant() => NodaTime.Instant.FromUnixTimeTicks(Long());

    public Instant? OptionalInstant() => SkipsNull() ? null : Instant();

    /// <summary>An amount in minor units, followed by its currency.</summary>
    public Money Money()
    {
        var minor = Long();
        return new Money(minor, Currency.Of(Text()));
    }

    /// <summary>The row as text for comparing whole tables: the same from every database.</summary>
    public abstract string Dump();

    /// <summary>True where the next column holds nothing; it is then behind us.</summary>
    protected abstract bool SkipsNull();
}
