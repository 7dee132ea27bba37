using Billing.Domain.Values;
using NodaTime;

namespace Billing.Projections.Documents;

/// <summary>A client's statement of account as it is printed.</summary>
public sealed record StatementModel
{
    /// <summary>Whose practice it is.</summary>
    public required string Practice { get; init; }

    public required string Client { get; init; }
    public IReadOnlyList<string> ClientAddress { get; init; } = [];
    public required DocumentLanguage Language { get; init; }
    public required LocalDate From { get; init; }

    /// <summary>The last day.</summary>
    public required LocalDate Through { get; init; }

    public required Money Opening { get; init; }
    public required IReadOnlyList<StatementRowModel> Rows { get; init; }
    public required Money Closing { get; init; }
    public required IReadOnlyList<StatementOpenModel> Open { get; init; }
    public DocumentStyle Style { get; init; } = new();
}

/// <param name="What">Such as <c>Invoice INV-2026-0001</c>, in the document's language.</param>
/// <param name="Amount">Positive where the client owes more.</param>
public sealed record StatementRowModel(LocalDate Date, string What, Money Amount, Money Balance);

public sealed record StatementOpenModel(string Number, LocalDate DueOn, Money Open);
