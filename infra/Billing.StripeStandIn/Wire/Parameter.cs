namespace Billing.StripeStandIn.Wire;

/// <summary>One parameter that an endpoint takes, from Stripe's API reference for 2026-10-28.endive.</summary>
internal abstract record Parameter(string Name)
{
    public bool Required { get; init; }

    /// <summary>Plain text of at most so many characters.</summary>
    internal sealed record Text(string Name, int MaxLength = 5000) : Parameter(Name);

    internal sealed record Email(string Name) : Parameter(Name);

    /// <summary>An absolute http or https address.</summary>
    internal sealed record Link(string Name) : Parameter(Name);

    /// <summary>A three-letter ISO code in lower case that Stripe takes payments in.</summary>
    internal sealed record CurrencyCode(string Name) : Parameter(Name);

    internal sealed record WholeNumber(string Name, long Min = long.MinValue, long Max = long.MaxValue)
        : Parameter(Name);

    internal sealed record Flag(string Name) : Parameter(Name);

    internal sealed record Choice(string Name, params IReadOnlyList<string> Values) : Parameter(Name);

    internal sealed record Hash(string Name, params IReadOnlyList<Parameter> Fields) : Parameter(Name);

    /// <summary>A list of at most so many items, each checked like <paramref name="Item"/>.</summary>
    internal sealed record ListOf(string Name, Parameter Item, int MaxCount = 100) : Parameter(Name);

    /// <summary>At most 50 keys of 40 characters without brackets, values of 500 characters.</summary>
    internal sealed record Metadata(string Name = "metadata") : Parameter(Name);

    /// <summary>Stripe takes it; the stand-in says that it doesn't act it out.</summary>
    internal sealed record NotSimulated(string Name) : Parameter(Name);

    public static readonly Parameter Expand = new ListOf("expand", new Text(""), MaxCount: 20);

    /// <summary>What every list takes besides its own filters.</summary>
    public static readonly IReadOnlyList<Parameter> Paging =
    [
        Expand,
        new WholeNumber("limit", 1, 100),
        new Text("starting_after"),
        new Text("ending_before"),
    ];

    /// <summary><c>created=5</c> or <c>created[gte]=5</c>.</summary>
    public static readonly Parameter Created = new Hash(
        "created",
        new WholeNumber("gt"), new WholeNumber("gte"), new WholeNumber("lt"), new WholeNumber("lte"));
}
