namespace Billing.Faults.Books;

/// <summary>What one look at the stored events found.</summary>
internal sealed class Findings
{
    /// <summary>Events seen.</summary>
    public long Events { get; set; }

    /// <summary>Acknowledged and not there.</summary>
    public int Lost { get; set; }

    /// <summary>There twice.</summary>
    public int Doubled { get; set; }

    /// <summary>Everything that is not as it must be, in words.</summary>
    public List<string> Wrong { get; } = [];
}
