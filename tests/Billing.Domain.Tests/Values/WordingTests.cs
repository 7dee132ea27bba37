using Billing.Domain.Values;

namespace Billing.Domain.Tests.Values;

public sealed class WordingTests
{
    [Theory]
    [InlineData("Ada", null)]
    [InlineData("Ада Лавлейс 🙂", null)]
    [InlineData("", "text-missing")]
    [InlineData(" \t", "text-missing")]
    [InlineData(null, "text-missing")]
    [InlineData("a\nb", "text-unprintable")]
    [InlineData("a\0b", "text-unprintable")]
    [InlineData("a\u0085b", "text-unprintable")]
    public void A_name_is_one_line_that_says_something(string? name, string? code) =>
        Assert.Equal(code, Wording.RefuseName(name, "/name")?.Code);

    /// <summary>Half a surrogate pair is no text, and no JSON either.</summary>
    [Fact]
    public void A_name_is_whole_unicode() =>
        Assert.Equal("text-unprintable", Wording.RefuseName("a" + (char)0xD83D, "/name")?.Code);

    [Fact]
    public void A_name_has_at_most_200_letters_and_a_note_5000()
    {
        Assert.Null(Wording.RefuseName(new string('x', 200), "/name"));
        Assert.Equal("text-too-long", Wording.RefuseName(new string('x', 201), "/name")?.Code);
        Assert.Null(Wording.RefuseNote(new string('x', 5000), "/note"));
        Assert.Equal("text-too-long", Wording.RefuseNote(new string('x', 5001), "/note")?.Code);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("one\r\ntwo\tthree", null)]
    [InlineData("bell\a", "text-unprintable")]
    public void A_note_has_lines(string? note, string? code) => Assert.Equal(code, Wording.RefuseNote(note, "/note")?.Code);

    [Theory]
    [InlineData(null, null)]
    [InlineData("a@b", null)]
    [InlineData("ada+billing@example.com", null)]
    [InlineData("", "email-malformed")]
    [InlineData("@b", "email-malformed")]
    [InlineData("a@", "email-malformed")]
    [InlineData("a@b@c", "email-malformed")]
    [InlineData("a b@c", "email-malformed")]
    public void An_email_address_has_one_at_sign(string? email, string? code) =>
        Assert.Equal(code, Wording.RefuseEmail(email, "/email")?.Code);

    [Fact]
    public void An_email_address_has_at_most_254_letters()
    {
        Assert.Null(Wording.RefuseEmail(new string('a', 252) + "@b", "/email"));
        Assert.Equal("text-too-long", Wording.RefuseEmail(new string('a', 253) + "@b", "/email")?.Code);
    }

    [Fact]
    public void An_address_has_at_most_10_lines_none_blank()
    {
        Assert.Null(Wording.RefuseAddress([], "/addressLines"));
        Assert.Null(Wording.RefuseAddress([.. Enumerable.Repeat("x", 10)], "/addressLines"));
        Assert.Equal("address-too-long", Wording.RefuseAddress([.. Enumerable.Repeat("x", 11)], "/addressLines")?.Code);
        var blank = Wording.RefuseAddress(["x", " ", "y"], "/addressLines");
        Assert.Equal(("text-missing", "/addressLines/1"), (blank?.Code, blank?.Field));
    }
}
