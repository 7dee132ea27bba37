using System.Globalization;
using Billing.Domain.Taxes.Parameters;
using Billing.Domain.Taxes.UsFederal;

namespace Billing.Api.Taxes.Batch;

/// <summary>One row of a file of cases, by the names of its columns. The first thing that is wrong is kept.</summary>
/// <param name="fields">As they stand in the file.</param>
/// <param name="places">Where each column is.</param>
internal sealed class CaseRow(IReadOnlyList<string> fields, IReadOnlyDictionary<string, int> places)
{
    public string Id => Text("id") ?? "";

    /// <summary>What is wrong with the row; null while nothing is.</summary>
    public string? Problem { get; private set; }

    public TaxParameters? Parameters()
    {
        var year = Whole("year", 0);
        if (Problem is not null) return null;
        if (TaxParameterLibrary.TryForYear(year, out var parameters, out var rejection)) return parameters;
        Refuse(rejection.Detail);
        return null;
    }

    public FilingStatus Status()
    {
        if (!FilingStatuses.TryParse(Text("status"), out var status)) Refuse("status is single, mfj, mfs, hoh or qss");
        return status;
    }

    /// <summary>A person's facts that depend on age; an empty column is somebody below 50.</summary>
    public TaxPerson Person(string ageColumn, string? blindColumn = null)
    {
        var age = Whole(ageColumn, null);
        return new TaxPerson
        {
            Age = age,
            IsSixtyFiveOrOlder = age >= 65,
            IsBlind = blindColumn is not null && Flag(blindColumn),
        };
    }

    /// <summary>Dollars; an empty or missing column is nothing.</summary>
    public decimal Dollars(string column)
    {
        const NumberStyles plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite
            | NumberStyles.AllowTrailingWhite;
        var text = Text(column);
        if (text is null) return 0;
        if (decimal.TryParse(text, plain, CultureInfo.InvariantCulture, out var amount)) return amount;
        Refuse($"{column} is no plain amount such as 1234.56: {text}");
        return 0;
    }

    public bool Flag(string column)
    {
        var text = Text(column);
        if (text is not (null or "0" or "1")) Refuse($"{column} is 0 or 1: {text}");
        return text == "1";
    }

    public int Count(string column) => Whole(column, 0);

    public void Refuse(string problem) => Problem ??= problem;

    private int Whole(string column, int none) => Whole(column, (int?)none) ?? none;

    private int? Whole(string column, int? none)
    {
        var text = Text(column);
        if (text is null) return none;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
        Refuse($"{column} is no whole number: {text}");
        return none;
    }

    private string? Text(string column) =>
        places.TryGetValue(column, out var place) && place < fields.Count && !string.IsNullOrWhiteSpace(fields[place])
            ? fields[place].Trim()
            : null;
}
