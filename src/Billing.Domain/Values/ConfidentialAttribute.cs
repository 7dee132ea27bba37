namespace Billing.Domain.Values;

/// <summary>
/// Marks a property of an event that names or describes a person or their work. The codec stores such properties apart
/// from the rest, so that they can be sealed with their client's key while amounts, dates and numbers stay readable.
/// A confidential property must be nullable: once the key is erased it reads as null.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class ConfidentialAttribute : Attribute;
