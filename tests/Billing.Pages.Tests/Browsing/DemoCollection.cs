namespace Billing.Pages.Tests.Browsing;

/// <summary>One sample practice for all tests, which take turns.</summary>
[CollectionDefinition(Name)]
public sealed class DemoCollection : ICollectionFixture<DemoPages>
{
    public const string Name = "the sample practice in a browser";
}
