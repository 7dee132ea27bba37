using Billing.Domain.Access;
using Billing.Domain.EInvoicing;
using Billing.Domain.SalesTax;
using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.Access.BusinessEvent;

namespace Billing.Domain.Tests.Access;

public sealed class BusinessTests
{
    private static readonly Guid Id = Guid.Parse("0198c0de-0000-7000-8000-000000000001");
    private static readonly Instant Now = Instant.FromUtc(2026, 1, 5, 12, 0);
    private static readonly Instant Later = Instant.FromUtc(2026, 1, 6, 12, 0);
    private static readonly OpenBusiness Wish = new(Id, "Ada's Desk", "America/New_York", "USD", Now);
    private static readonly BusinessOpened Opened = new(Id, "Ada's Desk", "America/New_York", "USD", Now);

    private static readonly LogoFile Logo = new(new string('a', 64), "image/png", 90, 4, 3);

    [Fact]
    public void Opens_a_practice_with_default_policies()
    {
        Business.Stream.Given().When(s => Business.Decide(s, Wish)).Then(Opened);
        var open = Assert.IsType<BusinessState.Open>(Business.Stream.Fold([Opened]));
        Assert.Equal(new InvoicingPolicy("INV", 14, new RoundingPolicy(0, "nearest", "line")), open.Invoicing);
    }

    [Fact]
    public void Opening_again_with_the_same_words_changes_nothing_even_after_changes() =>
        Business.Stream.Given(Opened, new BusinessDescribed("Ada & Co", [], null, null, Now), new BusinessMoved("Europe/Paris", Now))
            .When(s => Business.Decide(s, Wish with { At = Later })).ThenNothing();

    [Fact]
    public void Refuses_to_open_another_practice_under_the_same_id() =>
        Business.Stream.Given(Opened).When(s => Business.Decide(s, Wish with { Currency = "EUR" })).ThenRefused("id-taken", "/id");

    [Theory]
    [InlineData("UTC", true)]
    [InlineData("Asia/Kathmandu", true)]
    [InlineData("europe/helsinki", false)]
    [InlineData("UTC+03", false)]
    [InlineData("Mars/Olympus", false)]
    [InlineData("", false)]
    public void Takes_only_time_zones_that_iana_has(string zone, bool isKnown)
    {
        var opening = Business.Stream.Given().When(s => Business.Decide(s, Wish with { TimeZone = zone }));
        if (isKnown) opening.Then(Opened with { TimeZone = zone });
        else Assert.Equal(RejectionKind.Invalid, opening.ThenRefused("time-zone-unknown", "/timeZone").Kind);
    }

    [Theory]
    [InlineData("usd")]
    [InlineData("XXX")]
    [InlineData("")]
    public void Refuses_unknown_currencies(string currency) =>
        Business.Stream.Given().When(s => Business.Decide(s, Wish with { Currency = currency }))
            .ThenRefused("currency-unknown", "/currency");

    [Fact]
    public void Refuses_a_blank_name() =>
        Business.Stream.Given().When(s => Business.Decide(s, Wish with { Name = " " })).ThenRefused("text-missing", "/name");

    [Fact]
    public void Describes_the_practice_and_says_nothing_twice()
    {
        var describe = new DescribeBusiness("Ada & Co", ["1 Main St", "Springfield"], "ada@example.com", "12-3456789", Now);
        var described = new BusinessDescribed("Ada & Co", ["1 Main St", "Springfield"], "ada@example.com", "12-3456789", Now);
        Business.Stream.Given(Opened).When(s => Business.Decide(s, describe)).Then(described);
        Business.Stream.Given(Opened, described)
            .When(s => Business.Decide(s, describe with { AddressLines = ["1 Main St", "Springfield"], At = Later })).ThenNothing();
        Business.Stream.Given(Opened, described).When(s => Business.Decide(s, describe with { TaxId = null }))
            .Then(described with { TaxId = null });
    }

    [Fact]
    public void Refuses_a_description_that_cannot_be_printed()
    {
        var describe = new DescribeBusiness("Ada", [], null, null, Now);
        var opened = Business.Stream.Given(Opened);
        opened.When(s => Business.Decide(s, describe with { Name = "" })).ThenRefused("text-missing", "/name");
        opened.When(s => Business.Decide(s, describe with { Email = "ada" })).ThenRefused("email-malformed", "/email");
        opened.When(s => Business.Decide(s, describe with { AddressLines = ["x", ""] }))
            .ThenRefused("text-missing", "/addressLines/1");
        opened.When(s => Business.Decide(s, describe with { TaxId = new string('1', 50) }))
            .Then(new BusinessDescribed("Ada", [], null, new string('1', 50), Now));
        opened.When(s => Business.Decide(s, describe with { TaxId = new string('1', 51) })).ThenRefused("text-too-long", "/taxId");
    }

    [Fact]
    public void Chooses_a_colour_and_places_a_logo_once()
    {
        var opened = Business.Stream.Given(Opened);
        opened.When(s => Business.Decide(s, new ChooseAccentColour("#7a1f3d", Now))).Then(new AccentColourChosen("#7A1F3D", Now));
        opened.When(s => Business.Decide(s, new ChooseAccentColour(null, Now))).ThenNothing();
        foreach (var bad in new[] { "7A1F3D", "#7A1F3", "#7A1F3DD", "#7A1F3G", "#7A1F3D\n", "teal" })
            opened.When(s => Business.Decide(s, new ChooseAccentColour(bad, Now))).ThenRefused("accent-colour-malformed", "/accentColour");
        opened.When(s => Business.Decide(s, new PlaceLogo(Logo, Now))).Then(new LogoPlaced(Logo, Now));
        opened.When(s => Business.Decide(s, new PlaceLogo(null, Now))).ThenNothing();
        var placed = Business.Stream.Given(Opened, new LogoPlaced(Logo, Now));
        placed.When(s => Business.Decide(s, new PlaceLogo(Logo, Later))).ThenNothing();
        placed.When(s => Business.Decide(s, new PlaceLogo(null, Now))).Then(new LogoTakenOff(Now));
    }

    [Fact]
    public void Moves_to_another_zone_once()
    {
        Business.Stream.Given(Opened).When(s => Business.Decide(s, new MoveBusiness("Europe/Paris", Now)))
            .Then(new BusinessMoved("Europe/Paris", Now));
        Business.Stream.Given(Opened).When(s => Business.Decide(s, new MoveBusiness("America/New_York", Now))).ThenNothing();
        Business.Stream.Given(Opened).When(s => Business.Decide(s, new MoveBusiness("Paris", Now)))
            .ThenRefused("time-zone-unknown", "/timeZone");
    }

    [Fact]
    public void Its_owners_go_with_it_unless_they_were_elsewhere()
    {
        var (first, second, away, helper, gone) = (Numbered(1), Numbered(2), Numbered(3), Numbered(4), Numbered(5));
        Business.Stream.Given(
                Opened, new MemberAdded(second, "Bo", "owner", "America/New_York", Now), new MemberAdded(first, "Ada", "owner", "America/New_York", Now),
                new MemberAdded(away, "Cy", "owner", "Asia/Manila", Now), new MemberAdded(helper, "Di", "assistant", "America/New_York", Now),
                new MemberAdded(gone, "Ed", "owner", "America/New_York", Now), new MemberLeft(gone, Now))
            .When(s => Business.Decide(s, new MoveBusiness("America/Denver", Later))).Then(
                new BusinessMoved("America/Denver", Later), new MemberMoved(first, "America/Denver", Later),
                new MemberMoved(second, "America/Denver", Later));

        static Guid Numbered(int number) => new(number, 0, 0, new byte[8]);
    }

    [Theory]
    [InlineData("A")]
    [InlineData("ADA-2026-XYZ")]
    public void Takes_a_number_prefix_of_1_to_12_letters(string prefix) =>
        Business.Stream.Given(Opened)
            .When(s => Business.Decide(s, new SetInvoicingPolicy(prefix, 14, RoundingPolicy.Exact, Now)))
            .Then(new InvoicingPolicySet(prefix, 14, RoundingPolicy.Exact, Now));

    [Theory]
    [InlineData("")]
    [InlineData("ada")]
    [InlineData("A B")]
    [InlineData("INV\n")]
    [InlineData("ADA-2026-WXYZ")]
    public void Refuses_other_number_prefixes(string prefix) =>
        Business.Stream.Given(Opened)
            .When(s => Business.Decide(s, new SetInvoicingPolicy(prefix, 14, RoundingPolicy.Exact, Now)))
            .ThenRefused("number-prefix-malformed", "/numberPrefix");

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(365, true)]
    [InlineData(366, false)]
    public void Payment_terms_are_at_most_a_year(int days, bool isFine)
    {
        var outcome = Business.Stream.Given(Opened)
            .When(s => Business.Decide(s, new SetInvoicingPolicy("INV", days, RoundingPolicy.Exact, Now)));
        if (isFine) outcome.Then(new InvoicingPolicySet("INV", days, RoundingPolicy.Exact, Now));
        else outcome.ThenRefused("payment-terms-out-of-range", "/paymentTermsDays");
    }

    [Theory]
    [InlineData(-1, "up", "entry", "increment-out-of-range", "/rounding/incrementSeconds")]
    [InlineData(3601, "up", "entry", "increment-out-of-range", "/rounding/incrementSeconds")]
    [InlineData(900, "Up", "entry", "rounding-direction-unknown", "/rounding/direction")]
    [InlineData(900, "up", "day", "rounding-scope-unknown", "/rounding/scope")]
    [InlineData(900, "up", "invoice", null, null)]
    [InlineData(1, "down", "line", null, null)]
    [InlineData(3600, "nearest", "entry", null, null)]
    public void Takes_only_rounding_that_can_be_applied(
        int increment, string direction, string scope, string? code, string? field)
    {
        var rounding = new RoundingPolicy(increment, direction, scope);
        var outcome = Business.Stream.Given(Opened)
            .When(s => Business.Decide(s, new SetInvoicingPolicy("INV", 14, rounding, Now)));
        if (code is null) outcome.Then(new InvoicingPolicySet("INV", 14, rounding, Now));
        else outcome.ThenRefused(code, field);
    }

    [Fact]
    public void Sets_a_policy_once() =>
        Business.Stream.Given(Opened)
            .When(s => Business.Decide(s, new SetInvoicingPolicy("INV", 14, RoundingPolicy.Exact, Now))).ThenNothing();

    [Fact]
    public void Nothing_can_be_wished_of_a_practice_that_is_not_open()
    {
        var none = Business.Stream.Given();
        none.When(s => Business.Decide(s, new DescribeBusiness("A", [], null, null, Now))).ThenRefused("business-unknown");
        none.When(s => Business.Decide(s, new MoveBusiness("UTC", Now))).ThenRefused("business-unknown");
        none.When(s => Business.Decide(s, new SetInvoicingPolicy("A", 1, RoundingPolicy.Exact, Now)))
            .ThenRefused("business-unknown");
        none.When(s => Business.Decide(s, new AddMember(Id, "A", "owner", "UTC", Now))).ThenRefused("business-unknown");
        none.When(s => Business.Decide(s, new RemoveMember(Id, Now))).ThenRefused("business-unknown");
        none.When(s => Business.Decide(s, new IssueToken(Id, Id, new string('a', 64), null, null, Now)))
            .ThenRefused("business-unknown");
        none.When(s => Business.Decide(s, new RevokeToken(Id, Now))).ThenRefused("business-unknown");
    }

    [Fact]
    public void Folds_every_kind_of_event()
    {
        BusinessEvent[] life =
        [
            Opened, new BusinessDescribed("B", ["1 Main St"], "b@example.com", "12", Now), new BusinessMoved("UTC", Now),
            new InvoicingPolicySet("B", 30, new RoundingPolicy(900, "up", "entry"), Now),
            new MemberAdded(Id, "Ada", "owner", "UTC", Now), new AccessTokenIssued(Id, Id, "hash", "laptop", Now, Later),
            new AccessTokenRevoked(Id, Later), new IdentityLinked(Id, Id, "hash", "https://issuer.example", "ada", Now),
            new IdentityUnlinked(Id, Later), new MemberMoved(Id, "Asia/Manila", Later), new MemberLeft(Id, Later),
            new BusinessRateCardSet(Id, null, "USD", 40_00, new LocalDate(2026, 1, 1), null, null, null, null, Now),
            new AssistantCostSet(Id, Id, 15_00, "USD", new LocalDate(2026, 1, 1), null, Now),
            new PracticeSurchargesSet([], "sum", new LocalDate(2026, 1, 1), Now), new RatesShown(Id, Now), new RatesHidden(Id, Now),
            new LateFeePolicySet("percentage", "USD", null, 25, 7, "month", null, Now),
            new SalesTaxPolicySet("VAT", false, new TaxTreatment("S", 19_000), [], "DE123456788", null, Now),
            new EInvoicingSet(new EInvoiceSeller(null, "Ana", null, null, null, null, null, null), Now),
            new AccentColourChosen("#7A1F3D", Now), new LogoPlaced(Logo, Now), new LogoTakenOff(Now), new LogoPlaced(Logo, Now),
            new TimekeepingPolicySet("stop-first", 36_000, 28_800, Now), new PeriodLocked(new LocalDate(2025, 12, 31), "Filed", Now),
        ];
        Business.Stream.Takes_every_kind_of_event(life);
        var open = Assert.IsType<BusinessState.Open>(Business.Stream.Fold(life));
        Assert.Equal(("B", "b@example.com", "12", "UTC"), (open.Name, open.Email, open.TaxId, open.TimeZone));
        Assert.Equal(["1 Main St"], open.AddressLines);
        Assert.Equal(new PracticeLook("#7A1F3D", Logo), open.Look);
        Assert.Equal(new InvoicingPolicy("B", 30, new RoundingPolicy(900, "up", "entry")), open.Invoicing);
        Assert.Equal(new Member(Id, "Ada", "owner", "Asia/Manila", IsActive: false), open.Members[Id]);
        Assert.Equal(new LinkedIdentity(Id, Id, "hash", IsLinked: false), open.Identities[Id]);
        Assert.Equal(new AccessToken(Id, Id, "hash", "laptop", Now, Later, RevokedAt: Later), open.Tokens[Id]);
    }
}
