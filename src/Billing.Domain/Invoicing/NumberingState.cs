namespace Billing.Domain.Invoicing;

/// <param name="LastSequence">The last number given; 0 before the first. The series' last event alone tells it.</param>
public sealed record NumberingState(int LastSequence);
