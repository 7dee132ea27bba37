using Billing.Domain.Expenses;
using Billing.Projections.Rows;
using Billing.Projections.Running;

namespace Billing.Projections.Expenses;

/// <summary>Above what an expense is paid first, by engagement; the practice's own rule lies under the empty id.</summary>
internal sealed class ExpenseThresholdRow : Row
{
    public static readonly Shape<ExpenseThresholdRow> Shape = new Shape<ExpenseThresholdRow>(
        "expense_thresholds", "book", "engagement_id")
        .Flag("for_practice", row => ref row.ForPractice)
        .OptionalNumber("above_minor", row => ref row.AboveMinor)
        .Text("currency", row => ref row.Currency);

    public bool ForPractice;

    /// <summary>Null where an engagement lifts the practice's rule, or the practice took its own back.</summary>
    public long? AboveMinor;

    public string Currency = "";
}

internal sealed class ExpensePoliciesProjection : Projection
{
    private readonly Table<IdKey, ExpenseThresholdRow> thresholds = new(ExpenseThresholdRow.Shape);

    public ExpensePoliciesProjection() => On<ExpensePolicyEvent.PaidFirstSet>((fact, e) =>
    {
        var row = thresholds.ChangeOrAdd(new IdKey(fact.Book, e.EngagementId ?? Guid.Empty));
        row.ForPractice = e.EngagementId is null;
        row.AboveMinor = e.AboveMinor;
        row.Currency = e.Currency;
    });

    public override int Version => 1;

    public override IReadOnlyList<Table> Tables => [thresholds];
}
