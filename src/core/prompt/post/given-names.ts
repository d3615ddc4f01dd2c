/** Given names that are common in one of the languages that posts are written in and that are no place, month or brand. */
const givenNames = new Set(
  `Aaliyah Aarav Abdul Abigail Adam Adele Aditya Adrian Afonso Agnes Agnieszka Ahmed Aiko Aisha Akira Alan Albert
  Alejandro Alessandra Alessandro Alex Alfred Ali Alice Alicia Alina Allison Alvaro Amanda Amelia Amina Amir Amy Amélie
  Ana Ananya Anders Andrea Andreas Andrei Andrew Andrés Andy Anette Angela Angelo Anika Anita Anja Anke Ann Anna Anne
  Anneli Annette Annika Anthony Antoine Anton Antonio António Antônio Aoife Arjun Arthur Arun Astrid Audrey Aurélie Ayako
  Ayse Ayumi Ayşe Barbara Bartosz Beatrice Beatriz Begoña Ben Benjamin Benoît Bernard Bernd Bianca Bilal Birgit Björn
  Bjørn Bogdan Boris Brandon Brenda Brian Bruno Camille Carlos Carmen Carolina Caroline Catarina Catherine Cecilia Chiara
  Chika Chloe Chloé Christina Christine Christopher Ciara Claire Clara Claudia Connor Cynthia Céline Daiki Daisuke Daniel
  Daniela Danielle David Deborah Deepak Denise Dennis Detlef Diana Diego Dieter Dietmar Diogo Dmitri Dominik Donald Donna
  Doris Dorothy Dylan Eduardo Edward Eleanor Elena Elias Elif Elisa Elisabeth Elisabetta Elizabeth Ella Ellen Elsa Emil
  Emilia Emily Emine Emma Emre Enrique Eric Erik Erika Esra Esther Ethan Eugenia Eva Evelyn Ewa Fabian Fabio Fatima
  Federica Federico Felipe Felix Fernanda Fernando Filip Finn Fiona Florian Francesca Francesco Francisco Francois Franz
  François Frederik Freja Friedrich Gabriel Gabriela Gary Gaëlle George Gerald Giovanni Giulia Giuseppe Gloria Gonzalo
  Gonçalo Gregory Grzegorz Gudrun Guillaume Gustavo Gérard Günter Günther Hana Hanako Hanna Hannah Hans Haruka Haruki
  Haruto Hassan Hatice Heike Heiko Heinz Helen Helena Helga Helmut Henri Henrik Henry Hiroshi Holger Horst Hugo Hélène
  Hüseyin Ibrahim Ignacio Igor Ilaria Ines Ingeborg Ingrid Inès Inés Inês Irene Irina Isabel Isabella Ivan Iván Jacob
  Jacques Jakob Jakub James Jana Jane Janet Jason Javier Jeffrey Jennifer Jens Jeremy Jerzy Jessica Joan Joanna Joao
  Joaquín Johan Johann Johanna Johannes John Jonas Jonathan Jorge Jose Josef Joseph Joshua José João Juan Juana Judith
  Jukka Julia Julian Juliana Julie Jutta Jérôme Jörg Jürgen Kaisa Karen Karim Karin Karl Katarina Katarzyna Kate
  Katharina Katherine Kathleen Kathrin Katja Katrin Kavya Kazuki Kazuya Keiko Keith Kelly Kenji Kenneth Kenta Kerstin
  Kevin Khalid Kimberly Klaus Krzysztof Kumiko Kyle Lakshmi Lars Laura Lauren Laurent Layla Lea Leila Lena Leo Leon
  Leonardo Leonie Lina Linda Linnea Lisa Lorenzo Louis Louise Loïc Luca Lucas Lucia Lucía Luigi Luis Luisa Lukas Léa Mads
  Magda Magdalena Magnus Maja Makoto Manfred Manon Manuel Manuela Marcel Marco Marcos Marek Margaret Margarida Margaux
  Maria Mariam Mariana Marie Mario Markus Marta Martha Martin Martina Martín Maryam María Mateo Mathieu Mathilde Matteo
  Matthew Matthias Matti Maxime Maximilian Małgorzata Megan Megumi Mehmet Mei Melissa Mia Michael Michał Michel Michelle
  Miguel Mikael Mikhail Miyuki Mohamed Mohammad Mohammed Monika Muhammad Mustafa Mélanie Nadia Nancy Naoki Naomi Natalia
  Natalie Natasha Nathan Neha Niamh Nicholas Nicolas Nicole Nicolás Nikhil Nils Nina Noah Noemi Nora Noémie Nuno Oisín
  Olga Oliver Olivia Omar Oscar Oskar Otto Pablo Pamela Paola Paolo Patricia Patrick Paul Paula Pauline Pavel Paweł Pedro
  Pekka Peter Petra Philip Philippe Pierre Pilar Piotr Pooja Priya Rachel Rafael Rahul Rainer Raj Ralf Ramón Raphael
  Raquel Rasmus Raúl Rebecca Reiner Renate Ricardo Riccardo Richard Riku Rita Robert Roberto Rocío Rodrigo Roger Rohan
  Roland Ronald Rosa Ruben Rui Ruth Ryan Rémi Rémy Sabine Sabrina Sakshi Salma Samantha Samira Samuel Sandra Sanjana
  Sanjay Saoirse Sara Sarah Satoshi Scott Sebastian Selin Sergei Sergio Shanti Sharon Shota Sigrid Silke Simon Simona
  Simone Siobhan Siobhán Sofia Sofie Sofía Sonja Sophia Sophie Stanisław Stefan Stefanie Stefano Steffen Stephanie
  Stephen Steven Sunita Susan Susanne Sven Svetlana Sylvie Sébastien Søren Takashi Takeshi Tanja Tariq Tatiana Teresa
  Thibaud Thibault Thomas Thorsten Théo Tiago Tim Timo Timothy Tobias Tomas Tomasz Tomoko Tomás Torsten Ulrich Ulrike
  Ursula Uta Ute Uwe Valentina Valeria Vanessa Vasco Veronica Victor Vijay Vikram Viktor Vincent Vincenzo Vladimir Volker
  Véronique Walter Werner Wilhelm William Wojciech Wolfgang Xavier Ximena Yann Yasmin Yolanda Youssef Yuki Yuko Yusuf
  Yusuke Yuto Yves Zachary Zainab Zeynep Zoe Zofia Zoé Zuzanna Ángel Åsa Çağla Élodie Étienne Íñigo Óscar Özge Łukasz`.split(
    /\s+/u,
  ),
);

/** Given names that are words too: names only inside a sentence, or before a surname. */
const namesInside = new Set(
  `Amber Angel Anton Bill Bob Carol Charlie Chris Christian Chuck Crystal Daisy Dan Dave Dean Don Drew Ed Eddie Faith
  Frank Fred Gene Grace Greg Guy Harry Heather Hope Iris Ivy Jack Jade Jay Jeff Jerry Jim Jimmy Joe Joy Ken Larry Liam
  Lily Mark Mary Matt Max Mike Miles Nick Olive Pat Pearl Penny Pete Pierce Rachael Ray Rich Rick Rob Robin Ron Rose Ruby
  Sally Sam Steve Sue Ted Terry Tom Tony Violet Will`.split(/\s+/u),
);

/** Given names that are months, towns or dishes too: names only before a surname. */
const namesBeforeSurname = new Set(
  'April Austin Charlotte Florence Jan Jun June May Santiago Taro Victoria'.split(' '),
);

/** In Cyrillic, without those that are words: "Вера", "Любовь". */
export const cyrillicNames =
  `Александра|Александр|Алексей|Алина|Анастасия|Андрей|Андрій|Анна|Антон|Борис|Виктор|Виктория|Владимир|Галина|
  Дарья|Денис|Дмитрий|Евгений|Екатерина|Елена|Иван|Игорь|Ирина|Іван|Кирилл|Ксения|Лариса|Людмила|Максим|Марина|Мария|
  Михаил|Наталья|Никита|Николай|Оксана|Олег|Олена|Ольга|Павел|Пётр|Полина|Светлана|Сергей|Софья|Тарас|Татьяна|Юлия|Юрий|
  Ярослав`.replaceAll(/\s/g, '');

/** Whether a capitalized word is a given name wherever it occurs. */
export function isGivenName(word: string): boolean {
  return givenNames.has(word);
}

/** Whether a capitalized word is a given name inside a sentence, but perhaps not at its beginning. */
export function mayBeGivenName(word: string): boolean {
  return namesInside.has(word);
}

/** Whether a word, capitalized or in capitals, is a given name if a surname follows it. */
export function isBeforeSurname(word: string): boolean {
  const name = /\p{Ll}/u.test(word) ? word : word.charAt(0) + word.slice(1).toLowerCase();
  return givenNames.has(name) || namesInside.has(name) || namesBeforeSurname.has(name);
}
